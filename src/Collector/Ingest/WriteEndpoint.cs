using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Ingest;

/// <summary>
/// The write doors: who may write, how many at once, and the answer in the door's dialect. The body is its <see cref="IWriteBody"/>'s. Safe for
/// concurrent use; what one request needs is rented.
/// </summary>
internal sealed class WriteEndpoint(IngestOptions options, LineIntakePool intakes, RequestAccess access, IngestMetrics metrics, TimeProvider time)
{
    public async Task WriteAsync(HttpContext context, WriteDialect dialect, IWriteBody body)
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
            var busy = WriteFailure.Busy(dialect);
            metrics.CountRefused(busy.Status);
            await RefuseAsync(context, dialect, busy);
        }
        else
        {
            await TakeAndAnswerAsync(context, dialect, body, intake, Origin(context, decision), started);
        }
    }

    private async Task TakeAndAnswerAsync(HttpContext context, WriteDialect dialect, IWriteBody body, LineIntake intake, string origin, long started)
    {
        try
        {
            var failure = await body.StoreAsync(context, intake, origin);
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

    private Task RefuseAsync(HttpContext context, WriteDialect dialect, WriteFailure failure) =>
        WriteAnswer.RefusedAsync(context, dialect, failure, options.RetryAfter);

    /// <summary>Without tokens all senders look alike; the address at least tells machines apart.</summary>
    private static string Origin(HttpContext context, AccessDecision decision) =>
        decision.Outcome == AccessOutcome.Token ? decision.Name : context.Connection.RemoteIpAddress?.ToString() ?? "local";
}
