using System.Net;
using System.Net.Http.Headers;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Cli;

public class TokenCommandTests
{
    [TestCase("writ")]
    [TestCase("2")]
    [TestCase("7")]
    public async Task A_scope_that_there_is_not_is_told_in_the_words_of_the_command_line(string scope)
    {
        using var folder = new TemporaryFolder();

        var (code, _, error) = await CommandLineRun.RunAsync("token", "create", "--name", "x", "--scope", scope, "--data", folder.Path);

        Assert.That((code, error.Split('\n')[0].TrimEnd()), Is.EqualTo((1, $"--scope: '{scope}' is none of write, read, admin")));
    }

    [Test]
    public async Task A_token_created_beside_a_running_collector_opens_it_and_a_revoked_one_does_not()
    {
        using var folder = new TemporaryFolder();
        await using var collector = await TestCollector.StartAsync(folder: folder);
        var open = await StatusAsync(collector, null);

        var token = await CreateAsync(folder, "reader", "read");
        var other = await CreateAsync(folder, "writer", "write");
        var allowed = await StatusAsync(collector, token);
        var wrongScope = await StatusAsync(collector, other);
        var none = await StatusAsync(collector, null);
        await CommandLineRun.RunAsync("token", "revoke", "--name", "reader", "--data", folder.File("data"));
        collector.RefreshTokens();
        var revoked = await StatusAsync(collector, token);

        Assert.That((open, allowed, wrongScope, none, revoked), Is.EqualTo(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)));
    }

    [Test]
    public async Task A_list_shows_names_and_scopes_and_no_token()
    {
        using var folder = new TemporaryFolder();
        var token = await CreateAsync(folder, "web01", "admin");

        var (code, output, _) = await CommandLineRun.RunAsync("token", "list", "--data", folder.File("data"));

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Match("^web01 +admin +20.*UTC\n$").And.Not.Contain(token));
    }

    [Test]
    public async Task A_second_token_of_a_name_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        await CreateAsync(folder, "web01", "write");

        var (code, _, error) = await CommandLineRun.RunAsync("token", "create", "--scope", "write", "--name", "web01", "--data", folder.File("data"));

        Assert.That((code, error), Is.EqualTo((1, "nocmonitor-collector: there is a token named 'web01' already; revoke it first or choose another name\n")));
    }

    [Test]
    public async Task A_token_is_nowhere_in_the_data_folder()
    {
        using var folder = new TemporaryFolder();
        var token = await CreateAsync(folder, "web01", "write");

        var files = Directory.EnumerateFiles(folder.File("data")).Select(File.ReadAllBytes);

        Assert.That(files.Any(bytes => bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token[4..])) >= 0), Is.False);
    }

    private static async Task<string> CreateAsync(TemporaryFolder folder, string name, string scope)
    {
        var (code, output, error) = await CommandLineRun.RunAsync("token", "create", "--scope", scope, "--name", name, "--data", folder.File("data"));
        Assert.That((code, error), Is.EqualTo((0, "")));
        return output.Trim();
    }

    private static async Task<HttpStatusCode> StatusAsync(TestCollector collector, string? token)
    {
        collector.RefreshTokens();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await collector.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
