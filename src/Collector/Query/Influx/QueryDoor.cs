using System.Text.Json;
using NocMonitor.Collector.Ingest;
using NocMonitor.Collector.Security;
using NocMonitor.TimeSeries;
using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>
/// <c>/query</c> as InfluxDB 1.x has it. Statements are run one after the other; the first that fails ends the query. A client that goes away ends it too. Safe for
/// concurrent use.
/// </summary>
internal sealed class QueryDoor(QueryOptions options, QueryEngine engine, RequestAccess access, TimeProvider time)
{
    private int _running;

    public async Task AnswerAsync(HttpContext context)
    {
        InfluxHeaders.Add(context);
        var decision = access.Decide(context, Access.Read);
        if (!decision.Allowed)
        {
            await RefuseAsync(context, decision.StatusCode, decision.Reason);
            return;
        }

        try
        {
            var request = await QueryRequest.ReadAsync(context, options.MaxQueryBytes);
            await AnswerAsync(context, request);
        }
        catch (QuerySyntaxException error)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, error.Message);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, QueryRequest request)
    {
        if (request.Statements.Any(statement => statement.Deletes) && access.Decide(context, Access.Manage) is { Allowed: false } refusal)
        {
            await RefuseAsync(context, refusal.StatusCode, refusal.Reason);
            return;
        }

        // An address can be fetched by a page that somebody looks at; a browser tells where a post comes from.
        if (!request.IsPost && request.Statements.Any(statement => statement.Deletes))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "DELETE and DROP have to be sent by POST");
            return;
        }

        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        await using var body = new AnswerBody(context);
        using IResultWriter writer = request.Csv ? new CsvResultWriter(body.Stream, request) : new JsonResultWriter(body.Writer, request);
        context.Response.ContentType = writer.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        var failed = false;
        for (var i = 0; i < request.Statements.Count; i++)
        {
            writer.Begin(i);
            var error = failed ? "not executed" : await RunAsync(request.Statements[i], request, writer, limit.Token, either.Token, context.RequestAborted);
            failed = error is not null;
            await writer.EndAsync(error, context.RequestAborted);
            await FlushAsync(writer, request, context.RequestAborted);
        }

        writer.Complete();
        await writer.FlushAsync(context.RequestAborted);
    }

    /// <summary>Runs a statement; gives why it failed, or null.</summary>
    private async Task<string?> RunAsync(
        QueryStatement statement, QueryRequest request, IResultWriter writer, CancellationToken limit, CancellationToken token, CancellationToken gone)
    {
        try
        {
            if (Interlocked.Increment(ref _running) > options.MaxConcurrent)
            {
                return $"max-concurrent-queries limit exceeded({_running}, {options.MaxConcurrent})";
            }

            foreach (var series in engine.Run(statement, request.Database, token))
            {
                await writer.WriteAsync(series, gone);
                await FlushAsync(writer, request, gone);
            }

            return null;
        }
        catch (QueryException error)
        {
            return error.Message;
        }
        catch (StoreUnavailableException error)
        {
            return error.Message;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            return "query-timeout limit exceeded";
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Chunks are sent at once, anything else when it is enough.</summary>
    private static ValueTask FlushAsync(IResultWriter writer, QueryRequest request, CancellationToken token) =>
        request.ChunkSize > 0 || writer.WantsFlush ? writer.FlushAsync(token) : ValueTask.CompletedTask;

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"NocMonitor\"";
        }

        context.Response.StatusCode = status;
        if (QueryRequest.WantsCsv(context.Request))
        {
            context.Response.ContentType = CsvResultWriter.MediaType;
            return context.Response.WriteAsync(CsvResultWriter.Error(message), context.RequestAborted);
        }

        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, new V1Error(message), IngestJson.Plain.V1Error, context.RequestAborted);
    }
}
