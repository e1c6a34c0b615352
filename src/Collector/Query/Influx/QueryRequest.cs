using System.Globalization;
using System.Text;
using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>What one request asks, from its address and its form. Immutable.</summary>
internal sealed record QueryRequest(
    IReadOnlyList<QueryStatement> Statements, string Database, long EpochUnit, bool Pretty, int ChunkSize, bool Csv, bool IsPost)
{
    private const int DefaultChunk = 10_000;

    /// <summary>A chunk size as the request gives it; 0 is one answer in one piece.</summary>
    private static int ChunkOf(string chunked, string size) => chunked is not ("true" or "1") ? 0
        : int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0 ? given
        : DefaultChunk;

    /// <exception cref="QuerySyntaxException">The request cannot be understood; the message says why.</exception>
    public static async ValueTask<QueryRequest> ReadAsync(HttpContext context, int mostBytes)
    {
        var form = await FormAsync(context.Request, mostBytes, context.RequestAborted);
        var query = (await FileAsync(form, context.RequestAborted) ?? Value("q")).Trim();
        if (query.Length == 0)
        {
            throw new QuerySyntaxException("missing required parameter \"q\"");
        }

        if (Encoding.UTF8.GetByteCount(query) > mostBytes)
        {
            throw new QuerySyntaxException($"the query has more than {mostBytes} bytes");
        }

        var parameters = Value("params") is { Length: > 0 } given ? QueryParameters.Parse(given) : QueryParameters.None;
        return new QueryRequest(
            Parse(query, parameters), Value("db"), Influx.EpochUnit.Parse(Value("epoch")), Value("pretty") is "true" or "1", ChunkOf(Value("chunked"), Value("chunk_size")),
            WantsCsv(context.Request), HttpMethods.IsPost(context.Request.Method));

        string Value(string name) => form?[name] is { Count: > 0 } posted ? posted[0] ?? "" : context.Request.Query[name] is { Count: > 0 } asked ? asked[0] ?? "" : "";
    }

    private static IReadOnlyList<QueryStatement> Parse(string query, QueryParameters parameters)
    {
        try
        {
            return QueryEngine.Parse(query, parameters);
        }
        catch (QuerySyntaxException error)
        {
            throw new QuerySyntaxException($"error parsing query: {error.Message}");
        }
    }

    private static async ValueTask<IFormCollection?> FormAsync(HttpRequest request, int mostBytes, CancellationToken token)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
        {
            return null;
        }

        try
        {
            request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = mostBytes;
            return await request.ReadFormAsync(token);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            throw new QuerySyntaxException($"error parsing form values: {exception.Message}");
        }
    }

    /// <summary>The query as a file of the form: <c>curl -F "q=@queries.txt"</c>. The form as a whole is limited, so the file is.</summary>
    private static async ValueTask<string?> FileAsync(IFormCollection? form, CancellationToken token)
    {
        if (form?.Files["q"] is not { } file)
        {
            return null;
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(token);
    }

    public static bool WantsCsv(HttpRequest request) =>
        request.Headers.Accept.ToString() is var accept
        && (accept.Contains("application/csv", StringComparison.OrdinalIgnoreCase) || accept.Contains("text/csv", StringComparison.OrdinalIgnoreCase));
}
