namespace NocMonitor.Collector.Ingest;

/// <summary>Whose words a write door speaks: the parameters it needs and the shape of its errors.</summary>
internal enum WriteDialect
{
    /// <summary><c>/write</c>: <c>db</c> is required (any name is accepted), errors are <c>{"error":…}</c>.</summary>
    V1,

    /// <summary><c>/api/v2/write</c>: <c>org</c> and <c>bucket</c> are accepted and mean nothing, errors are <c>{"code":…,"message":…}</c>.</summary>
    V2,

    /// <summary><c>/api/v1/write</c>: errors as in V2. Busy is 503, as Prometheus throws away what was answered with 429 unless it is told otherwise.</summary>
    Prometheus,
}
