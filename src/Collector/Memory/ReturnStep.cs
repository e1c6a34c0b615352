namespace NocMonitor.Collector.Memory;

/// <summary>What a reading of the heap asks for.</summary>
internal enum ReturnStep
{
    None,

    /// <summary>Pools let go of what they keep, and a collection in the background finds what nobody needs. Nobody waits.</summary>
    Sweep,

    /// <summary>Pools let go, and a collection that everybody waits for moves what is left together and gives the rest to the system.</summary>
    Compact,
}
