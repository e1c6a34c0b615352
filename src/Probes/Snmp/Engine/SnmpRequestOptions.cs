using NocMonitor.Configuration;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>How devices are asked: patience, sizes, and what is let pass. Immutable.</summary>
public sealed record SnmpRequestOptions
{
    /// <summary>How long the first answer to a request is waited for; each retry waits twice as long as the one before, at most four times this.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a request without an answer is sent again.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Requests on their way to one device at once, 1 or 2.</summary>
    public int InFlight { get; init; } = 1;

    /// <summary>The size in bytes that answers are asked to stay below: 1,400 keeps them in one Ethernet frame, since fragments are often dropped on the way.</summary>
    public int MessageSize { get; init; } = 1400;

    /// <summary>The most rows that one GetBulk asks for; 0 asks by GetNext only.</summary>
    public int MaxRepetitions { get; init; } = 50;

    /// <summary>Take answers that come from another address or port than was asked.</summary>
    public bool AnySource { get; init; }

    /// <summary>Take answers that carry another request-id.</summary>
    public bool AnyRequestId { get; init; }

    public static SnmpRequestOptions Read(OptionReader options)
    {
        var usual = new SnmpRequestOptions();
        return new SnmpRequestOptions
        {
            Timeout = options.Duration("Timeout", usual.Timeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1),
                "How long the first answer to a request is waited for. Each retry waits twice as long as the one before, at most four times this."),
            Retries = options.Integer("Retries", usual.Retries, 0, 10, "How often a request without an answer is sent again."),
            InFlight = options.Integer("InFlight", usual.InFlight, 1, 2, "Requests on their way to one device at once."),
            MessageSize = options.Integer("MessageSize", usual.MessageSize, 484, 65507,
                "The size in bytes that answers are asked to stay below. 1400 keeps them in one Ethernet frame: fragments are often dropped on the way."),
            MaxRepetitions = options.Integer("MaxRepetitions", usual.MaxRepetitions, 0, 1000, "The most rows that one GetBulk asks for; 0 asks by GetNext only."),
            AnySource = options.Flag("AnySource", usual.AnySource, "Take answers that come from another address than was asked, as some devices with many addresses send them."),
            AnyRequestId = options.Flag("AnyRequestId", usual.AnyRequestId, "Take answers that carry another request-id, as some old devices send them."),
        };
    }
}
