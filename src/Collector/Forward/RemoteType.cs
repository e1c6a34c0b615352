namespace NocMonitor.Collector.Forward;

/// <summary>What a forwarder writes to. Each takes line protocol; they differ in the door and in what a line may hold.</summary>
internal enum RemoteType
{
    /// <summary><c>/write?db=…</c>; no unsigned integers.</summary>
    InfluxDb1,

    /// <summary><c>/api/v2/write?org=…&amp;bucket=…</c>, InfluxDB 2 and 3.</summary>
    InfluxDb2,

    /// <summary><c>/api/v2/write</c>; takes numbers only.</summary>
    VictoriaMetrics,

    /// <summary>Any address that takes line protocol by POST, used as it stands.</summary>
    LineProtocol,
}
