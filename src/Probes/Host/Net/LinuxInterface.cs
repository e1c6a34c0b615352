using System.Buffers.Text;
using System.Runtime.Versioning;

namespace NocMonitor.Probes.Host.Net;

/// <summary>
/// The state of one interface from its files in /sys/class/net. Flags, operational state and carrier changes are read each round, which is cheap; speed and
/// duplex make the kernel ask the driver under its global network lock, so they are read again only when the others changed or a minute has passed.
/// One caller at a time.
/// </summary>
internal sealed class LinuxInterface(string name, bool isWanted, HostRoot root, TimeProvider time) : IDisposable
{
    private const uint FlagUp = 0x1;
    private const uint FlagLoopback = 0x8;

    private static readonly TimeSpan SpeedAge = TimeSpan.FromMinutes(1);

    private readonly ProcFile _flags = new(root.Sys($"class/net/{name}/flags"));
    private readonly ProcFile _operState = new(root.Sys($"class/net/{name}/operstate"));
    private readonly ProcFile _carrierChanges = new(root.Sys($"class/net/{name}/carrier_changes"));
    private readonly ProcFile _speed = new(root.Sys($"class/net/{name}/speed"));
    private readonly ProcFile _duplex = new(root.Sys($"class/net/{name}/duplex"));
    private LinkState _last;
    private long _speedRead;
    private bool _hasSpeed;

    public string Name => name;

    /// <summary>Whether the options' patterns let it through.</summary>
    public bool IsWanted => isWanted;

    /// <summary>Whether it was switched on at any reading.</summary>
    public bool WasSwitchedOn { get; private set; }

    [UnsupportedOSPlatform("windows")]
    public LinkState ReadState()
    {
        var flags = ReadFlags();
        var state = new LinkState
        {
            IsAdminUp = flags is { } up ? (up & FlagUp) != 0 : null,
            IsLoopback = flags is { } kind ? (kind & FlagLoopback) != 0 : name == "lo",
            IsOperUp = ReadOperUp(),
            CarrierChanges = ReadNumber(_carrierChanges),
            Speed = _last.Speed,
            IsFullDuplex = _last.IsFullDuplex,
        };
        if (!_hasSpeed || state != _last || time.GetElapsedTime(_speedRead) >= SpeedAge)
        {
            state = state with { Speed = ReadNumber(_speed), IsFullDuplex = ReadFullDuplex() };
            (_hasSpeed, _speedRead) = (true, time.GetTimestamp());
        }

        WasSwitchedOn |= state.IsAdminUp != false;
        return _last = state;
    }

    public void Dispose()
    {
        _flags.Dispose();
        _operState.Dispose();
        _carrierChanges.Dispose();
        _speed.Dispose();
        _duplex.Dispose();
    }

    [UnsupportedOSPlatform("windows")]
    private uint? ReadFlags() =>
        Word(_flags) is var word && word.StartsWith("0x"u8)
        && Utf8Parser.TryParse(word[2..], out uint flags, out var consumed, 'x') && consumed == word.Length - 2 ? flags : null;

    /// <summary>Unknown is what drivers without a carrier of their own say (tunnels, loopback): they are up while they are switched on (RFC 2863).</summary>
    [UnsupportedOSPlatform("windows")]
    private bool? ReadOperUp()
    {
        var word = Word(_operState);
        return word.IsEmpty ? null : word.SequenceEqual("up"u8) || word.SequenceEqual("unknown"u8);
    }

    [UnsupportedOSPlatform("windows")]
    private bool? ReadFullDuplex()
    {
        var word = Word(_duplex);
        return word.SequenceEqual("full"u8) ? true : word.SequenceEqual("half"u8) ? false : null;
    }

    /// <summary>A number that is there and means something: unknown speeds read as -1, as 4294967295, or not at all while the link is down.</summary>
    [UnsupportedOSPlatform("windows")]
    private static long? ReadNumber(ProcFile file) =>
        TextCursor.IsNumber(Word(file), out var value) && value < uint.MaxValue ? (long)value : null;

    [UnsupportedOSPlatform("windows")]
    private static ReadOnlySpan<byte> Word(ProcFile file) =>
        file.TryRead(out var text) && new TextCursor(text).TryLine(out var line) ? line : default;
}
