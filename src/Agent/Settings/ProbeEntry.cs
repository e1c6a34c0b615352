using NocMonitor.Configuration;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Settings;

/// <summary>One entry of <c>Agent.Probes</c>: what all probe types share, and how the probe itself is made.</summary>
public sealed record ProbeEntry
{
    public required string Type { get; init; }

    /// <summary>Unique among the probes of an agent; the phase and the tag <c>probe</c> come from it.</summary>
    public required string Name { get; init; }

    /// <summary>From the start of one round to the start of the next.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>A round that takes longer is cancelled.</summary>
    public required TimeSpan TimeLimit { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>Makes the probe; called once the whole configuration proved right.</summary>
    public required Func<ProbeContext, IProbe> Create { get; init; }

    /// <summary>Equal for two entries that say the same, whatever their layout: such a probe is left alone by a reload.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Files that count as part of the entry: secrets, device profiles.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public required ConfigPlace Place { get; init; }

    /// <summary>Reads one entry; null when its type is not known, which is then noted as an error.</summary>
    internal static ProbeEntry? Read(OptionReader options, Func<string, ProbeType?> findType)
    {
        var typeName = options.RequiredText("Type", "What kind of probe, such as cpu, ping or http.");
        var interval = options.Duration("Interval", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1),
            "From the start of one round to the start of the next.");
        var type = findType(typeName);
        if (type is null && typeName.Length > 0)
        {
            options.Fail("Type", $"there is no probe type '{typeName}'; there are {string.Join(", ", ProbeCatalog.All.Select(known => known.Name))}");
        }

        var entry = new ProbeEntry
        {
            Type = type?.Name ?? typeName,
            Name = options.Text("Name", type?.Name ?? "", "Unique among the probes of this agent; the type's name unless set."),
            Interval = interval,
            TimeLimit = options.Duration("TimeLimit", interval, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1),
                "A round that takes longer is cancelled and reported; Interval unless set."),
            Tags = options.TextMap("Tags", "Tags of this probe's points that do not carry them already."),
            Enabled = options.Flag("Enabled", true, "False takes the entry out without deleting it."),
            Create = type?.Read(options) ?? (_ => throw new InvalidOperationException("a probe of an unknown type is never made")),
            Fingerprint = options.Fingerprint + string.Concat(options.Marks) + ConfigWatch.Look(options.Files),
            Files = options.Files,
            Place = options.Place,
        };
        if (type is null)
        {
            options.AcceptRest();
            return null;
        }

        return entry;
    }
}
