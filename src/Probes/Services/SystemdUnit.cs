using System.Globalization;

namespace NocMonitor.Probes.Services;

/// <summary>One unit as <c>systemctl show</c> prints it: lines of <c>Property=value</c>, a blank line between units.</summary>
internal sealed class SystemdUnit
{
    /// <summary>The properties asked for; those that a version of systemd does not know are not printed.</summary>
    public const string Properties =
        "Id,LoadState,ActiveState,SubState,UnitFileState,Type,Result,ExecMainStatus,NRestarts,MainPID,MemoryCurrent,ConditionResult,"
        + "StateChangeTimestampMonotonic,ActiveEnterTimestampMonotonic,TriggeredBy,WantedBy";

    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);

    public string Id => Text("Id");

    public string Load => Text("LoadState");

    public string Active => Text("ActiveState");

    public string Sub => Text("SubState");

    /// <summary>How it is installed: enabled, disabled, static, masked ...; empty where there is no unit file.</summary>
    public string FileState => Text("UnitFileState");

    /// <summary>How the last run ended: success, exit-code, signal, timeout ...</summary>
    public string Result => Text("Result");

    public long? ExitStatus => Number("ExecMainStatus");

    public long? Restarts => Number("NRestarts");

    public long? MainProcess => Number("MainPID");

    /// <summary>Bytes; null where memory is not accounted.</summary>
    public long? Memory => Number("MemoryCurrent");

    public bool IsOneshot => Text("Type") == "oneshot";

    /// <summary>True when a Condition= line of the unit kept it from starting.</summary>
    public bool IsHeldByCondition => Text("ConditionResult") == "no";

    /// <summary>True when a socket, timer, path or mount starts it when need be.</summary>
    public bool IsStartedByTrigger => Text("TriggeredBy").Length > 0;

    /// <summary>True when the machine starts it by itself: enabled, or made from a script of System V that is.</summary>
    public bool IsAutomatic => FileState is "enabled" or "enabled-runtime" || (FileState == "generated" && Text("WantedBy").Length > 0);

    /// <summary>Since its last change of state, on the clock that systemd counts by.</summary>
    public TimeSpan? ChangedAt => Monotonic("StateChangeTimestampMonotonic");

    public TimeSpan? ActiveAt => Monotonic("ActiveEnterTimestampMonotonic");

    public static List<SystemdUnit> ParseAll(ReadOnlySpan<char> output)
    {
        var units = new List<SystemdUnit>();
        var unit = new SystemdUnit();
        foreach (var line in output.EnumerateLines())
        {
            var equals = line.IndexOf('=');
            if (equals > 0)
            {
                unit._properties[line[..equals].ToString()] = line[(equals + 1)..].ToString();
            }
            else if (line.IsEmpty)
            {
                Finish();
            }
        }

        Finish();
        return units;

        void Finish()
        {
            if (unit.Id.Length > 0)
            {
                units.Add(unit);
            }

            unit = new SystemdUnit();
        }
    }

    private string Text(string property) => _properties.GetValueOrDefault(property, "");

    /// <summary>Null for what is no number, such as <c>[not set]</c>, and for the highest number of 64 bits, by which systemd says the same.</summary>
    private long? Number(string property) => long.TryParse(Text(property), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private TimeSpan? Monotonic(string property) =>
        Number(property) is { } microseconds and > 0 and < long.MaxValue / TimeSpan.TicksPerMicrosecond ? TimeSpan.FromMicroseconds(microseconds) : null;
}
