namespace NocMonitor.Probes.Services;

/// <summary>Says whether a unit is in the state it is meant to be in. A pure function of unit, options and clock.</summary>
internal sealed class UnitVerdict(ServiceOptions options, TimeProvider time)
{
    private readonly TimeSpan _now = MonotonicClock.Now(time);

    /// <param name="isNamed">The configuration names this very unit, so that being away needs no excuse of the machine's making to be told.</param>
    /// <returns>Null when all is as expected, otherwise the reason in words.</returns>
    public string? Judge(SystemdUnit unit, bool isNamed) => options.Expect switch
    {
        ExpectedState.Any => null,
        ExpectedState.Stopped => unit.Active is "inactive" or "failed" ? null : Words(unit),
        _ when unit.Load is "not-found" => "no such unit",
        _ when unit.Load is "masked" or "error" or "bad-setting" => $"cannot be started: {unit.Load}",
        _ => IsAsItShould(unit, isNamed) ? null : Words(unit),
    };

    private bool IsAsItShould(SystemdUnit unit, bool isNamed) => unit.Active switch
    {
        "active" or "reloading" => true,
        "activating" => unit.Sub.StartsWith("start", StringComparison.Ordinal) && unit.ChangedAt is { } changed && _now - changed < options.StartGrace,
        "inactive" => HasDoneItsWork(unit) || (!isNamed && (unit.IsHeldByCondition || unit.IsStartedByTrigger || _now < options.StartGrace)),
        _ => false,
    };

    /// <summary>A unit that runs a program to its end is inactive afterwards. Before it ever ran it is too, and then it has no time of change.</summary>
    private static bool HasDoneItsWork(SystemdUnit unit) => unit.IsOneshot && unit.Result == "success";

    private static string Words(SystemdUnit unit)
    {
        var words = $"{unit.Active} ({unit.Sub})";
        return unit.Result is "" or "success" ? words : $"{words}, last run: {unit.Result}{(unit.ExitStatus is > 0 and var status ? $" {status}" : "")}";
    }
}
