using NocMonitor.Configuration;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Ntp;

/// <summary>Options of the <c>ntp</c> probe.</summary>
internal sealed record NtpOptions
{
    public const int Port = 123;

    public required TargetOptions Targets { get; init; }

    /// <summary>Requests in an attempt; the answer with the shortest way counts.</summary>
    public required int Samples { get; init; }

    /// <summary>From one request of an attempt to the next.</summary>
    public required TimeSpan SampleInterval { get; init; }

    /// <summary>Which addresses of a server given by name are used.</summary>
    public required IpFamily Family { get; init; }

    /// <summary>What of the attempt's time limit is left for each answer.</summary>
    public TimeSpan SampleTimeout => (Targets.Timeout - (SampleInterval * (Samples - 1))) / Samples;

    public static NtpOptions Read(OptionReader options)
    {
        var read = new NtpOptions
        {
            Targets = ReadTargets(options),
            Samples = options.Integer("Samples", 1, 1, 20, "Requests in an attempt; the answer that was quickest there and back counts."),
            SampleInterval = options.Duration("SampleInterval", TimeSpan.FromSeconds(2), TimeSpan.Zero, TimeSpan.FromMinutes(1),
                "From an answer of an attempt to the next request; many servers refuse clients that ask more often than every two seconds."),
            Family = options.Choice("Family", IpFamily.Any, "Which addresses of a server given by name are used."),
        };
        if (read.SampleTimeout <= TimeSpan.Zero)
        {
            options.Fail("Timeout",
                $"leaves no time for answers: {read.Samples} samples with pauses of {Duration.Format(read.SampleInterval)} alone take {Duration.Format(read.SampleInterval * (read.Samples - 1))}");
        }

        return read;
    }

    private static TargetOptions ReadTargets(OptionReader options)
    {
        var targets = TargetOptions.Read(options, "NTP servers: a name or an address, with a port when it is not 123.",
            TimeSpan.FromSeconds(2), confirmInterval: TimeSpan.FromSeconds(2));
        foreach (var target in targets.Targets.Where(target => !HostPort.TryParse(target, Port, out _)))
        {
            options.Fail("Targets", $"'{target}' is not a host, host:port or [IPv6]:port");
        }

        return targets;
    }
}
