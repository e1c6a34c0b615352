using NocMonitor.Configuration;

namespace NocMonitor.Probes.Targets;

/// <summary>Options that all network probes with many targets share; they stand beside the probe's own.</summary>
public sealed record TargetOptions
{
    /// <summary>What to probe; at least one.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>How many targets are asked side by side.</summary>
    public required int Concurrency { get; init; }

    /// <summary>How often a changed result is asked for again at once.</summary>
    public required int Confirmations { get; init; }

    /// <summary>The pause before each confirmation.</summary>
    public required TimeSpan ConfirmInterval { get; init; }

    /// <summary>Time limit of one attempt at one target.</summary>
    public required TimeSpan Timeout { get; init; }

    private static readonly TimeSpan UsualConfirmInterval = TimeSpan.FromMilliseconds(250);

    /// <param name="targets">What a target is, for the documentation.</param>
    /// <param name="confirmInterval">The default where a quarter of a second would be rude.</param>
    public static TargetOptions Read(OptionReader options, string targets, TimeSpan timeout, TimeSpan? confirmInterval = null) => new()
    {
        Targets = ReadTargets(options, targets),
        Concurrency = options.Integer("Concurrency", 64, 1, 4096, "Targets asked side by side."),
        Confirmations = options.Integer("Confirmations", 2, 0, 10,
            "Attempts that follow at once when a target's result changes, so that a rule which wants three failures has them within a second."),
        ConfirmInterval = options.Duration("ConfirmInterval", confirmInterval ?? UsualConfirmInterval, TimeSpan.Zero, TimeSpan.FromMinutes(1),
            "Pause before each confirmation."),
        Timeout = options.Duration("Timeout", timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5), "Time limit of one attempt at one target."),
    };

    private static IReadOnlyList<string> ReadTargets(OptionReader options, string help)
    {
        var targets = options.Texts("Targets", [], help);
        if (targets.Count == 0)
        {
            options.Fail("Targets", "at least one target is required");
        }

        return targets;
    }
}
