using System.Text.Json.Serialization;

namespace NocMonitor.Collector.Alerts;

/// <summary>Where an alert is in its life.</summary>
internal enum AlertPhase : byte
{
    Inactive,
    Pending,
    Firing,
}

/// <summary>
/// The state of one rule for one series: everything the state machine remembers, and nothing else. Owned by the shard that evaluates the series;
/// copies are persisted. A series at rest has none.
/// </summary>
internal sealed class AlertState
{
    /// <summary>A time before all samples, with room for a difference to any of them.</summary>
    public const long NoSample = long.MinValue / 2;

    /// <summary>The time of the newest sample that said something, in nanoseconds since 1970.</summary>
    public long LastSample { get; set; } = NoSample;

    public Latch Warning { get; set; }

    public Latch Critical { get; set; }

    /// <summary>What silence raised, until enough samples came again.</summary>
    public Severity Silence { get; set; }

    /// <summary>Silent for so long that an alert is near.</summary>
    public bool SilencePending { get; set; }

    /// <summary>Time of the first sample after a silence.</summary>
    public long ReturnedSince { get; set; }

    /// <summary>Samples after a silence.</summary>
    public int ReturnedRun { get; set; }

    /// <summary>What is reported now; while flapping it stands for the condition, the alert stays open.</summary>
    public Severity Severity { get; set; }

    public bool Stale { get; set; }

    public bool Flapping { get; set; }

    /// <summary>The worst severity that was paged since the flapping began.</summary>
    public Severity FlappingPeak { get; set; }

    /// <summary>Sample times of the latest changes between inactive and firing, oldest first.</summary>
    public IReadOnlyList<long> Changes { get; set; } = [];

    /// <summary>How many of the policy's steps the alert has met since it fired.</summary>
    public int StepsMet { get; set; }

    /// <summary>The time of the first sample of the run that made it fire.</summary>
    public long Since { get; set; }

    [JsonIgnore]
    public AlertPhase Phase =>
        Severity != Severity.None || Flapping ? AlertPhase.Firing
        : Warning.Run > 0 || Critical.Run > 0 || SilencePending ? AlertPhase.Pending
        : AlertPhase.Inactive;

    /// <summary>Whether the last sample or look at the clock changed anything but the time of the newest sample. Set by the state machine, not kept.</summary>
    [JsonIgnore]
    public bool Moved { get; set; }

    /// <summary>Nothing worth remembering: the state can be dropped.</summary>
    [JsonIgnore]
    public bool IsAtRest => Phase == AlertPhase.Inactive && Warning.IsIdle && Critical.IsIdle && Silence == Severity.None && !Stale && Changes.Count == 0;

    public AlertState Copy() => (AlertState)MemberwiseClone();
}
