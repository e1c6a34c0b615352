using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Exec;

/// <summary>Makes the points of one run: <c>nagios_state</c>, and a <c>nagios</c> for each item of performance data. Names are Telegraf's.</summary>
internal static class PluginPoints
{
    private const int LongestTag = 255;

    public static Point State(string check, PluginVerdict verdict, ProgramResult run, PluginOutput output)
    {
        var text = output.Text.Length > 0 ? output.Text : verdict.Reason ?? FirstLine(run.Errors) ?? "(no output)";
        var point = new Point("nagios_state").Tag("check", check)
            .Field("state", (long)verdict.State)
            .Field("service_output", text)
            .Field("result_code", verdict.Result);
        if (output.LongText.Length > 0)
        {
            point.Field("long_service_output", output.LongText);
        }

        if (run.Ending == ProgramEnding.Exited)
        {
            point.Field("exit_code", run.ExitCode);
        }

        if (verdict.Result != ResultCode.Success)
        {
            point.Field("error", Error(verdict, run, text));
        }

        if (run.Truncated)
        {
            point.Field("output_truncated", true);
        }

        AddCount(point, "perfdata_malformed", output.Malformed);
        AddCount(point, "perfdata_dropped", output.Dropped);
        return point;
    }

    public static Point Item(string check, PerformanceItem item)
    {
        var label = item.Label.Length <= LongestTag ? item.Label : item.Label[..LongestTag];
        var point = new Point("nagios").Tag("check", check).Tag("perfdata", label).Tag("unit", item.Unit);
        if (item.Value is { } value)
        {
            point.Field("value", value);
        }
        else
        {
            point.Field("unknown", true);
        }

        AddRange(point, "warning", item.Warning);
        AddRange(point, "critical", item.Critical);
        AddBound(point, "min", item.Minimum);
        AddBound(point, "max", item.Maximum);
        if (item.HasRange)
        {
            point.Field("state", (long)item.State);
        }

        return point;
    }

    /// <summary>
    /// Outside alerts: <c>_lt</c> and <c>_gt</c>. Inside alerts: <c>_le</c> is the low end and <c>_ge</c> the high one, Telegraf's way round. An
    /// end that is infinite is left out.
    /// </summary>
    private static void AddRange(Point point, string name, PerformanceRange? range)
    {
        if (range is not { } bounds)
        {
            return;
        }

        AddBound(point, name + (bounds.AlertsInside ? "_le" : "_lt"), bounds.Start);
        AddBound(point, name + (bounds.AlertsInside ? "_ge" : "_gt"), bounds.End);
    }

    private static void AddBound(Point point, string name, double? bound)
    {
        if (bound is { } value)
        {
            point.Field(name, value);
        }
    }

    private static void AddCount(Point point, string name, int count)
    {
        if (count > 0)
        {
            point.Field(name, count);
        }
    }

    private static string Error(PluginVerdict verdict, ProgramResult run, string text)
    {
        if (verdict.Reason is not { } reason)
        {
            return text;
        }

        return run.Ending == ProgramEnding.Exited && FirstLine(run.Errors) is { } said ? $"{reason}: {said}" : reason;
    }

    private static string? FirstLine(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var end = trimmed.IndexOfAny('\r', '\n');
        var line = end < 0 ? trimmed : trimmed[..end];
        return line.IsEmpty ? null : line.ToString();
    }
}
