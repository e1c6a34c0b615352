using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>A sink that keeps what it is given, a line a value: column:index=value.</summary>
internal sealed class RecordedRows : IWalkSink
{
    private readonly List<string> _rows = [];

    public IReadOnlyList<string> All => _rows;

    /// <summary>Called before each row is kept.</summary>
    public Action? OnRow { get; init; }

    public void Row(int column, ReadOnlySpan<byte> index, in VarbindView value)
    {
        OnRow?.Invoke();
        _rows.Add($"{column}:{Oid.ArcsToText(index)}={value.ToValue()}");
    }
}
