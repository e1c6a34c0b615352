using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>InfluxDB's own clients from Debian write to a real collector and do not notice the difference.</summary>
[Platform("Linux")]
public class InfluxSenderTests
{
    private readonly TemporaryFolder _folder = new();
    private Site _site = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _site = new Site();
        await _site.StartCollectorAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task The_shell_of_influx_inserts_a_point()
    {
        var influx = Prerequisite.Program("influx", "influxdb-client");

        var (code, output) = await RunAsync(influx, "-host", "127.0.0.1", "-port", Port, "-database", "any", "-execute",
            "INSERT shell,host=by\\ hand value=1.5,text=\"a, b\",count=3i");

        Assert.That((code, output), Is.EqualTo((0, "")));
        Assert.That(await FieldsAsync("shell"), Is.EqualTo(new[] { """{"value":1.5,"text":"a, b","count":3}""" }));
    }

    [Test]
    public async Task The_shell_of_influx_imports_a_file()
    {
        var influx = Prerequisite.Program("influx", "influxdb-client");
        var second = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var lines = Enumerable.Range(0, 300).Select(i => $"imported,host=h{i % 3} value={i} {second - i}");
        var file = _folder.Write("import.txt", $"# DML\n# CONTEXT-DATABASE: any\n\n{string.Join('\n', lines)}\n");

        var (code, output) = await RunAsync(influx, "-host", "127.0.0.1", "-port", Port, "-import", $"-path={file}", "-precision=s");

        Assert.That(code, Is.Zero, output);
        Assert.That(await FieldsAsync("imported"), Has.Length.EqualTo(300));
    }

    [Test]
    public async Task Pythons_client_pings_writes_gzip_and_understands_a_refusal()
    {
        Prerequisite.Program("python3", "python3-influxdb");
        if (!Directory.Exists("/usr/lib/python3/dist-packages/influxdb"))
        {
            Prerequisite.Missing("the Python module influxdb is not installed; apt-get install python3-influxdb");
        }

        var script = _folder.Write("client.py", """
            import sys
            from influxdb import InfluxDBClient
            from influxdb.exceptions import InfluxDBClientError
            client = InfluxDBClient('127.0.0.1', int(sys.argv[1]), 'anna', 'secret', 'any', gzip=True)
            print(client.ping())
            print(client.write_points([{'measurement': 'python', 'tags': {'host': 'p, 1'}, 'fields': {'value': 5.5, 'flag': True, 'name': 'x "y"'}}]))
            try:
                client.write_points(['python value='], protocol='line')
            except InfluxDBClientError as error:
                print(error.code)
            """);

        var (code, output) = await RunAsync("/usr/bin/python3", script, Port);

        Assert.That((code, output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo((0, new[] { "1.8.10", "True", "400" })));
        Assert.That(await FieldsAsync("python"), Is.EqualTo(new[] { """{"flag":true,"name":"x \u0022y\u0022","value":5.5}""" }));
    }

    private string Port => new Uri(_site.Url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<(int Code, string Output)> RunAsync(string file, params string[] arguments)
    {
        await using var program = RunningProgram.Start(file, _folder.Path, arguments);
        var code = await program.ExitAsync(CancellationToken.None);
        return (code, program.Output);
    }

    private async Task<string[]> FieldsAsync(string measurement) =>
        [.. (await _site.GetAsync($"/api/v1/points?measurement={measurement}&limit=1000"))!["series"]!.AsArray()
            .SelectMany(series => series!["points"]!.AsArray()).Select(point => point!["fields"]!.ToJsonString())];
}
