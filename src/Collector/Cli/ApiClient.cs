using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Cli;

/// <summary>The API of a running collector, for commands that look at one or change something in it.</summary>
internal sealed class ApiClient : IDisposable
{
    public const string TokenVariable = "NOCMONITOR_TOKEN";
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>For what the collector works on: a file of ten thousand devices takes it some seconds.</summary>
    private static readonly TimeSpan WorkLimit = TimeSpan.FromMinutes(2);

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
            HelpName = "URL",
            DefaultValueFactory = _ => CollectorOptions.DefaultUrl,
        };

        private readonly Option<string?> _tokenFile = new("--token-file")
        {
            Description = $"A file whose first line is a token with scope read, for changes admin; without it {TokenVariable} of the environment.",
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
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken token) =>
        AskAsync(() => new HttpRequestMessage(HttpMethod.Get, path), "read", body => ParseAsync(body, type, token), AnswerLimit, token);

    /// <inheritdoc cref="GetAsync{T}"/>
    public Task<TAnswer> PostAsync<TRequest, TAnswer>(
        string path, TRequest request, JsonTypeInfo<TRequest> type, JsonTypeInfo<TAnswer> answer, CancellationToken token) =>
        PostAsync(path, JsonSerializer.SerializeToUtf8Bytes(request, type), answer, token);

    /// <inheritdoc cref="GetAsync{T}"/>
    public Task<T> PostAsync<T>(string path, byte[] content, JsonTypeInfo<T> type, CancellationToken token) => AskAsync(
        () => new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(content) }, "admin", body => ParseAsync(body, type, token), WorkLimit, token);

    /// <summary>Asks for something that is worked out on the spot and may take a while.</summary>
    /// <inheritdoc cref="GetAsync{T}"/>
    public Task<TAnswer> ComputeAsync<TRequest, TAnswer>(
        string path, TRequest request, JsonTypeInfo<TRequest> type, JsonTypeInfo<TAnswer> answer, TimeSpan patience, CancellationToken token) => AskAsync(
        () => new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, type)) },
        "read", body => ParseAsync(body, answer, token), patience, token);

    /// <summary>Null when there is no such thing.</summary>
    /// <inheritdoc cref="GetAsync{T}"/>
    public Task<T?> DeleteAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken token)
        where T : class => AskAsync<T?>(
            () => new HttpRequestMessage(HttpMethod.Delete, path), "admin", async body => await ParseAsync(body, type, token), AnswerLimit, token, none: () => null);

    /// <summary>The bytes of an answer as they are.</summary>
    /// <inheritdoc cref="GetAsync{T}"/>
    public Task<byte[]> GetBytesAsync(string path, CancellationToken token) => AskAsync(() => new HttpRequestMessage(HttpMethod.Get, path), "read", async body =>
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, token);
        return bytes.ToArray();
    }, WorkLimit, token);

    private async Task<T> AskAsync<T>(
        Func<HttpRequestMessage> create, string scope, Func<Stream, Task<T>> read, TimeSpan patience, CancellationToken token, Func<T>? none = null)
    {
        using var limit = new CancellationTokenSource(patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        try
        {
            using var request = create();
            using var answer = await _client.SendAsync(request, either.Token);
            if (none is not null && answer.StatusCode == HttpStatusCode.NotFound)
            {
                return none();
            }

            await RequireAsync(answer, scope, either.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(either.Token);
            return await read(body);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new StartupException($"{_client.BaseAddress} does not answer within {patience.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException)
        {
            throw new StartupException($"{_client.BaseAddress} cannot be asked: {exception.Message}", exception);
        }
    }

    private static async Task<T> ParseAsync<T>(Stream body, JsonTypeInfo<T> type, CancellationToken token) =>
        await JsonSerializer.DeserializeAsync(body, type, token) ?? throw new JsonException("an empty answer");

    /// <summary>The lines of an event stream until it ends.</summary>
    public async IAsyncEnumerable<string> FollowAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        using var answer = await _client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, token);
        await RequireAsync(answer, "read", token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(token));
        while (await reader.ReadLineAsync(token) is { } line)
        {
            yield return line;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task RequireAsync(HttpResponseMessage answer, string scope, CancellationToken token)
    {
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new StartupException($"{_client.BaseAddress} wants a token with scope {scope}: set {TokenVariable} or --token-file");
        }

        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable && answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            await using var body = await answer.Content.ReadAsStreamAsync(token);
            throw new StartupException((await ParseAsync(body, ProblemJson.Plain.Problem, token)).Detail ?? "the collector refuses the request");
        }

        answer.EnsureSuccessStatusCode();
    }
}
