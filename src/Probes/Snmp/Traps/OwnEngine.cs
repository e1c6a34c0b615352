using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// This agent as an SNMP engine, to which senders of version 3 informs address themselves (RFC 3414 section 2.2): an engine id that stays and a count of
/// its starts, kept in the agent's data folder; without a folder, or when it cannot be written, the engine is a new one each time. Immutable but for the clock.
/// </summary>
internal sealed class OwnEngine
{
    private const string FileName = "snmp-engine";
    private const int IdLength = 17;

    // RFC 3411 section 5: the first bit set says "by this layout", then a private enterprise number (0: none), then 5 for octets of our own choice.
    private static readonly byte[] IdStart = [0x80, 0, 0, 0, 5];

    private readonly TimeProvider _time;
    private readonly long _started;

    private OwnEngine(byte[] id, int boots, TimeProvider time)
    {
        Id = id;
        Boots = boots;
        _time = time;
        _started = time.GetTimestamp();
    }

    public byte[] Id { get; }

    /// <summary>How often this engine started since it has its id.</summary>
    public int Boots { get; }

    /// <summary>Seconds since it started.</summary>
    public int Time => (int)Math.Min(int.MaxValue, _time.GetElapsedTime(_started).TotalSeconds);

    /// <summary>The one of this agent: it counts one start, however many receivers there are.</summary>
    public static OwnEngine Of(ProbeContext context) => context.Shared(static context => Open(context));

    /// <summary>Starts the engine that the folder knows, or a new one.</summary>
    public static OwnEngine Open(ProbeContext context)
    {
        var log = context.Logs.CreateLogger("");
        if (context.DataFolder is not { } folder)
        {
            return new OwnEngine(NewId(), 1, context.Time);
        }

        var file = Path.Combine(folder, FileName);
        try
        {
            var (id, boots) = Read(file, log);
            Write(file, id, boots);
            return new OwnEngine(id, boots, context.Time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A start that is not counted would let old messages be replayed to the same id.
            TrapLog.EngineNotKept(log, file, exception.Message);
            return new OwnEngine(NewId(), 1, context.Time);
        }
    }

    private static (byte[] Id, int Boots) Read(string file, ILogger log)
    {
        if (!File.Exists(file))
        {
            return (NewId(), 1);
        }

        var lines = File.ReadAllLines(file);
        if (lines.Length >= 2 && TryParseId(lines[0], out var id)
            && int.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var boots) && boots is > 0 and < int.MaxValue - 1)
        {
            return (id, boots + 1);
        }

        TrapLog.EngineAnew(log, file);
        return (NewId(), 1);
    }

    private static void Write(string file, byte[] id, int boots)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = file + ".new";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        using (var writer = new StreamWriter(stream) { NewLine = "\n" })
        {
            writer.WriteLine(Convert.ToHexStringLower(id));
            writer.WriteLine(boots.ToString(CultureInfo.InvariantCulture));
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: true);
    }

    private static byte[] NewId() => [.. IdStart, .. RandomNumberGenerator.GetBytes(IdLength - IdStart.Length)];

    private static bool TryParseId(string text, out byte[] id)
    {
        id = new byte[IdLength];
        return text.Length == 2 * IdLength && Convert.FromHexString(text, id, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
