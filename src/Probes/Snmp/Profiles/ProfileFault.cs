using NocMonitor.Configuration;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>How much a fault costs.</summary>
public enum ProfileFaultKind
{
    /// <summary>What stands there is left out.</summary>
    Error,

    /// <summary>A key that is known and without effect here, or not known at all; the rest of its entry is used.</summary>
    Unsupported,
}

/// <summary>Something in a device profile that is wrong or not understood, with its place.</summary>
public sealed record ProfileFault(ConfigPlace Place, ProfileFaultKind Kind, string Message)
{
    public override string ToString() => $"{Place}: {(Kind == ProfileFaultKind.Error ? "error" : "unsupported")}: {Message}";
}
