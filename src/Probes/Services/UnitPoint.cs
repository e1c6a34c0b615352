using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Services;

/// <summary>The point of one unit. Names are Telegraf's, with the states in words as fields: a state in a tag makes a new series at each change.</summary>
internal static class UnitPoint
{
    public static Point Of(string name, SystemdUnit unit, TimeProvider time)
    {
        var point = new Point("systemd_units").Tag("name", name)
            .Field("load_code", UnitCodes.Load(unit.Load))
            .Field("active_code", UnitCodes.Active(unit.Active))
            .Field("sub_code", UnitCodes.Sub(unit.Sub))
            .Field("load", unit.Load)
            .Field("active", unit.Active)
            .Field("sub", unit.Sub);
        if (unit.FileState.Length > 0)
        {
            point.Field("uf_state", unit.FileState);
        }

        AddNumber(point, "restarts", unit.Restarts);
        AddNumber(point, "mem_current", unit.Memory);
        AddNumber(point, "pid", unit.MainProcess);
        AddNumber(point, "exit_status", unit.ExitStatus);
        var now = MonotonicClock.Now(time);
        if (unit.ChangedAt is { } changed)
        {
            point.Field("state_age_seconds", Math.Round(Math.Max(0, (now - changed).TotalSeconds), 1));
        }

        if (unit.ActiveAt is { } active)
        {
            point.Field("active_enter_timestamp_us", (UnixNanoseconds.From(time.GetUtcNow()) / 1000) - (long)(now - active).TotalMicroseconds);
        }

        return point;
    }

    private static void AddNumber(Point point, string name, long? number)
    {
        if (number is { } value)
        {
            point.Field(name, value);
        }
    }
}
