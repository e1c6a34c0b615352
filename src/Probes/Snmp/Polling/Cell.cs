using System.Runtime.InteropServices;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>One value of a table: a number, or where its bytes lie in the table's memory. The default is an absent one.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cell(SnmpType Type, int Length, ulong Bits)
{
    public bool IsPresent => Type != 0;
}

/// <summary>A cell with its bytes. Valid until the table is used for another walk.</summary>
internal readonly ref struct CellView(Cell cell, ReadOnlySpan<byte> bytes)
{
    public SnmpType Type => cell.Type;

    /// <summary>The content bytes of what is no number.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public bool IsPresent => cell.IsPresent;

    public bool IsWhole => cell.Type.IsInteger();

    public bool IsFloat => cell.Type is SnmpType.OpaqueFloat or SnmpType.OpaqueDouble;

    /// <summary>The number of a whole one, two's complement.</summary>
    public ulong Bits => cell.Bits;

    /// <summary>The number as a double; NaN when it is none.</summary>
    public double Number => IsFloat ? BitConverter.UInt64BitsToDouble(cell.Bits)
        : !IsWhole ? double.NaN
        : cell.Type == SnmpType.Integer ? unchecked((long)cell.Bits)
        : cell.Bits;
}
