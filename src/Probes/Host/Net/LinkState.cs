namespace NocMonitor.Probes.Host.Net;

/// <summary>How an interface stands, as far as the system says.</summary>
internal readonly record struct LinkState
{
    /// <summary>Switched on by its administrator; null when not known.</summary>
    public bool? IsAdminUp { get; init; }

    /// <summary>Has a carrier; null when not known.</summary>
    public bool? IsOperUp { get; init; }

    public bool IsLoopback { get; init; }

    /// <summary>Megabits a second; null when it has no speed or does not say.</summary>
    public long? Speed { get; init; }

    public bool? IsFullDuplex { get; init; }

    /// <summary>How often the carrier came or went.</summary>
    public long? CarrierChanges { get; init; }
}
