namespace NocMonitor.Collector.Ingest;

/// <summary>Which InfluxDB's words a write door speaks: the parameters it needs and the shape of its errors.</summary>
internal enum WriteDialect
{
    /// <summary><c>/write</c>: <c>db</c> is required (any name is accepted), errors are <c>{"error":…}</c>.</summary>
    V1,

    /// <summary><c>/api/v2/write</c>: <c>org</c> and <c>bucket</c> are accepted and mean nothing, errors are <c>{"code":…,"message":…}</c>.</summary>
    V2,
}
