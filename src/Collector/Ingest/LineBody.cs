using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Ingest;

/// <summary>Bodies of line protocol, plain or gzip, with the parameters of one InfluxDB. Safe for concurrent use.</summary>
internal sealed class LineBody(WriteDialect dialect, BodyIntake bodies, TimeProvider time) : IWriteBody
{
    public async Task<WriteFailure?> StoreAsync(HttpContext context, LineIntake intake, string origin)
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
            return WriteFailure.UnknownMedia("content encoding", encoding, "gzip and identity are");
        }

        try
        {
            return await bodies.StoreAsync(new LineSource(body, intake), origin, context.RequestAborted);
        }
        finally
        {
            if (body != context.Request.Body)
            {
                await body.DisposeAsync();
            }
        }
    }
}
