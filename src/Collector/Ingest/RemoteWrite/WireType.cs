namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>How the value of a protobuf field is written.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}
