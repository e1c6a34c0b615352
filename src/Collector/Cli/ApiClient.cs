using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Cli;

/// <summary>The read API of a running collector, for commands that look at one.</summary>
internal sealed class ApiClient : IDisposable
{
    public const string TokenVariable = "NOCMONITOR_TOKEN";
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;

    private ApiClient(Uri url, string? token)
    {
        _client = new HttpClient { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The options of a command that asks a collector.</summary>
    internal sealed class Options
    {
        private readonly Option<string> _url = new("--url")
        {
            Description = "The collector's address.",
            DefaultValueFactory = _ => CollectorOptions.DefaultUrl,
        };

        private readonly Option<string?> _tokenFile = new("--token-file")
        {
            Description = $"A file whose first line is a token with scope read; without it {TokenVariable} of the environment.",
            HelpName = "FILE",
        };

        public Options AddTo(Command command)
        {
            command.Options.Add(_url);
            command.Options.Add(_tokenFile);
            return this;
        }

        /// <exception cref="StartupException">The address or the file is wrong.</exception>
        public ApiClient Open(ParseResult result)
        {
            var text = result.GetValue(_url)!;
            return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
                ? new ApiClient(url, Token(result.GetValue(_tokenFile)))
                : throw new StartupException($"'{text}' is not an http or https address");
        }

        private static string? Token(string? file)
        {
            try
            {
                var token = file is null ? Environment.GetEnvironmentVariable(TokenVariable) : File.ReadLines(file).FirstOrDefault()?.Trim();
                return string.IsNullOrEmpty(token) ? null : token;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StartupException($"{file} cannot be read: {exception.Message}", exception);
            }
        }
    }

    /// <exception cref="StartupException">The collector does not answer, or refuses.</exception>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        try
        {
            using var answer = await _client.GetAsync(path, either.Token);
            Require(answer);
            await using var body = await answer.Content.ReadAsStreamAsync(either.Token);
            return await JsonSerializer.DeserializeAsync(body, type, either.Token) ?? throw new JsonException("an empty answer");
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new StartupException($"{_client.BaseAddress} does not answer within {AnswerLimit.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException)
        {
            throw new StartupException($"{_client.BaseAddress} cannot be asked: {exception.Message}", exception);
        }
    }

    /// <summary>The lines of an event stream until it ends.</summary>
    public async IAsyncEnumerable<string> FollowAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        using var answer = await _client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, token);
        Require(answer);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(token));
        while (await reader.ReadLineAsync(token) is { } line)
        {
            yield return line;
        }
    }

    public void Dispose() => _client.Dispose();

    private void Require(HttpResponseMessage answer)
    {
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new StartupException($"{_client.BaseAddress} wants a token with scope read: set {TokenVariable} or --token-file");
        }

        answer.EnsureSuccessStatusCode();
    }
}
