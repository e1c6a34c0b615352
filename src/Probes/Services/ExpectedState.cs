namespace NocMonitor.Probes.Services;

/// <summary>What a service is meant to be doing.</summary>
internal enum ExpectedState
{
    Running,
    Stopped,

    /// <summary>The state is reported and never judged.</summary>
    Any,
}
