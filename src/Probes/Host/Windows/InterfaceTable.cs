using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NocMonitor.Probes.Host.Windows;

/// <summary>MIB_IF_ROW2, as GetIfTable2 gives it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct InterfaceRow
{
    private const byte FilterInterfaceFlag = 0x2;
    private const int LongestName = 257;
    private const int AddressLength = 32;
    private const uint LoopbackType = 24;
    private const uint TunnelType = 131;
    private const int Up = 1;

    private readonly ulong _luid;
    private readonly uint _index;
    private readonly Guid _guid;
    private fixed char _alias[LongestName];
    private fixed char _description[LongestName];
    private readonly uint _addressLength;
    private fixed byte _address[AddressLength];
    private fixed byte _permanentAddress[AddressLength];
    private readonly uint _mtu;
    private readonly uint _type;
    private readonly int _tunnelType;
    private readonly int _mediaType;
    private readonly int _physicalMediumType;
    private readonly int _accessType;
    private readonly int _directionType;
    private readonly byte _flags;
    private readonly int _operStatus;
    private readonly int _adminStatus;
    private readonly int _mediaConnectState;
    private readonly Guid _networkGuid;
    private readonly int _connectionType;
    private readonly ulong _transmitLinkSpeed;
    private readonly ulong _receiveLinkSpeed;
    private readonly ulong _inOctets;
    private readonly ulong _inUnicastPackets;
    private readonly ulong _inOtherPackets;
    private readonly ulong _inDiscards;
    private readonly ulong _inErrors;
    private readonly ulong _inUnknownProtocols;
    private readonly ulong _inUnicastOctets;
    private readonly ulong _inMulticastOctets;
    private readonly ulong _inBroadcastOctets;
    private readonly ulong _outOctets;
    private readonly ulong _outUnicastPackets;
    private readonly ulong _outOtherPackets;
    private readonly ulong _outDiscards;
    private readonly ulong _outErrors;
    private readonly ulong _outUnicastOctets;
    private readonly ulong _outMulticastOctets;
    private readonly ulong _outBroadcastOctets;
    private readonly ulong _outQueueLength;

    /// <summary>The name that people see and set.</summary>
    public string Alias
    {
        get
        {
            fixed (char* alias = _alias)
            {
                var name = new ReadOnlySpan<char>(alias, LongestName);
                var end = name.IndexOf('\0');
                return new string(end < 0 ? name : name[..end]);
            }
        }
    }

    /// <summary>A layer over another interface of the table that counts the same packets again, or the machinery of a tunnel.</summary>
    public readonly bool IsInternal => (_flags & FilterInterfaceFlag) != 0 || _type == TunnelType;

    public readonly bool IsLoopback => _type == LoopbackType;

    public readonly bool IsAdminUp => _adminStatus == Up;

    public readonly bool IsOperUp => _operStatus == Up;

    /// <summary>Bits a second; null when it has none.</summary>
    public readonly ulong? Speed => _transmitLinkSpeed is 0 or ulong.MaxValue ? null : _transmitLinkSpeed;

    public readonly ulong BytesReceived => _inOctets;

    public readonly ulong PacketsReceived => _inUnicastPackets + _inOtherPackets;

    public readonly ulong DropsIn => _inDiscards;

    public readonly ulong ErrorsIn => _inErrors;

    public readonly ulong BytesSent => _outOctets;

    public readonly ulong PacketsSent => _outUnicastPackets + _outOtherPackets;

    public readonly ulong DropsOut => _outDiscards;

    public readonly ulong ErrorsOut => _outErrors;
}

/// <summary>The interfaces of the machine.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class InterfaceTable
{
    // MIB_IF_TABLE2: the number of rows, and the rows at the next multiple of 8.
    private const int RowsOffset = 8;

    /// <summary>Hands each row to the visitor; rows are only valid during the call.</summary>
    public static void Visit(RowVisitor visit)
    {
        var error = GetIfTable2(out var table);
        if (error != 0)
        {
            throw new Win32Exception(error, "the interfaces cannot be listed");
        }

        try
        {
            foreach (ref var row in new Span<InterfaceRow>((byte*)table + RowsOffset, Unsafe.Read<int>((void*)table)))
            {
                visit(ref row);
            }
        }
        finally
        {
            FreeMibTable(table);
        }
    }

    internal delegate void RowVisitor(ref InterfaceRow row);

    [LibraryImport("iphlpapi")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int GetIfTable2(out nint table);

    [LibraryImport("iphlpapi")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial void FreeMibTable(nint table);
}
