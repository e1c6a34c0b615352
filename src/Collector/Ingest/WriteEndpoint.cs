using NocMonitor.Collector.Security;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Ingest;

/// <summary>
/// The write doors: who may write, how many at once, what the parameters mean, and the answer in the door's dialect. The body is
/// <see cref="BodyIntake"/>'s. Safe for concurrent use; what one request needs is rented.
/// </summary>
internal sealed class WriteEndpoint(
    IngestOptions options, LineIntakePool intakes, BodyIntake bodies, RequestAccess access, IngestMetrics metrics, TimeProvider time)
{
    public async Task WriteAsync(HttpContext context, WriteDialect dialect)
    {
        var started = time.GetTimestamp();
        InfluxHeaders.Add(context);
        var decision = access.Decide(context, Access.Write);
        if (!decision.Allowed)
        {
            metrics.CountRefused(decision.StatusCode);
            await RefuseAsync(context, dialect, WriteFailure.Denied(decision.StatusCode, decision.Reason));
        }
        else if (intakes.TryRent() is not { } intake)
        {
            metrics.CountRefused(WriteFailure.Busy.Status);
            await RefuseAsync(context, dialect, WriteFailure.Busy);
        }
        else
        {
            await TakeAndAnswerAsync(context, dialect, intake, Origin(context, decision), started);
        }
    }

    private async Task TakeAndAnswerAsync(HttpContext context, WriteDialect dialect, LineIntake intake, string origin, long started)
    {
        try
        {
            var failure = await TakeAsync(context, dialect, intake, origin);
            metrics.Count(failure?.Status ?? intake.Outcome.Status, intake.Outcome, time.GetElapsedTime(started));
            await (failure is null ? WriteAnswer.StoredAsync(context, dialect, intake.Outcome) : RefuseAsync(context, dialect, failure));
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is IOException or OperationCanceledException)
        {
            metrics.Count(StatusCodes.Status499ClientClosedRequest, intake.Outcome, time.GetElapsedTime(started));
        }
        finally
        {
            intakes.Return(intake);
        }
    }

    private async Task<WriteFailure?> TakeAsync(HttpContext context, WriteDialect dialect, LineIntake intake, string origin)
    {
        var query = context.Request.Query;
        var known = TimePrecisions.TryParse(query["precision"].ToString(), out var precision);
        intake.Start(precision, UnixNanoseconds.From(time.GetUtcNow()));
        if (dialect == WriteDialect.V1 && query["db"].ToString().Length == 0)
        {
            return WriteFailure.Invalid("database is required");
        }

        if (!known)
        {
            return WriteFailure.Invalid("the precision is none of ns, us, ms, s, m, h");
        }

        if (BodyStream.Open(context.Request, out var encoding) is not { } body)
        {
            return WriteFailure.UnknownEncoding(encoding);
        }

        try
        {
            return await bodies.StoreAsync(body, intake, origin, context.RequestAborted);
        }
        finally
        {
            if (body != context.Request.Body)
            {
                await body.DisposeAsync();
            }
        }
    }

    private Task RefuseAsync(HttpContext context, WriteDialect dialect, WriteFailure failure) =>
        WriteAnswer.RefusedAsync(context, dialect, failure, options.RetryAfter);

    /// <summary>Without tokens all senders look alike; the address at least tells machines apart.</summary>
    private static string Origin(HttpContext context, AccessDecision decision) =>
        decision.Outcome == AccessOutcome.Token ? decision.Name : context.Connection.RemoteIpAddress?.ToString() ?? "local";
}
