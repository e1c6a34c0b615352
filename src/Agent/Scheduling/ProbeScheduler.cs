using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Settings;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Scheduling;

/// <summary>
/// The set of scheduled probes. <see cref="Apply"/> and <see cref="StopAsync"/> are called by the one owner of the configuration, never side by side; slots
/// run on their own.
/// </summary>
internal sealed class ProbeScheduler(AgentIdentity identity, ProbeContext context, PointOutlet outlet, AgentCounters counters, ILogger log)
{
    /// <summary>What probes that were cancelled may take to let go; within the 5 seconds that the whole agent has to stop.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(1500);

    private readonly long _epoch = context.Time.GetTimestamp();
    private readonly List<Task> _disposals = [];
    private Dictionary<string, ProbeSlot> _slots = [];
    private ProbeRunner _runner = new(identity, outlet, counters, context.Time, log);
    private AgentIdentity _identity = identity;

    public int Probes => _slots.Count;

    /// <summary>
    /// Changes over to another set: a probe whose entry says the same goes on untouched, the others stop and the new ones start. Makes every new
    /// probe before it touches an old one.
    /// </summary>
    /// <param name="entries">The new set.</param>
    /// <param name="newIdentity">Tags for the points of all probes; when they changed, every probe starts anew.</param>
    /// <param name="errors">Takes what went wrong; nothing has changed then.</param>
    /// <returns>False when a probe could not be made.</returns>
    public bool Apply(IReadOnlyList<ProbeEntry> entries, AgentIdentity newIdentity, ICollection<ProbeFailure> errors)
    {
        var runner = newIdentity.SaysTheSameAs(_identity) ? _runner : new ProbeRunner(newIdentity, outlet, counters, context.Time, log);
        var kept = entries.Where(entry => ReferenceEquals(runner, _runner) && IsUnchanged(entry)).ToList();
        var made = new List<(ProbeEntry Entry, IProbe Probe)>();
        foreach (var entry in entries.Except(kept))
        {
            Make(entry, made, errors);
        }

        if (errors.Count > 0)
        {
            _disposals.AddRange(made.Select(item => ProbeDisposal.DisposeAsync(item.Probe).AsTask()));
            return false;
        }

        _runner = runner;
        _identity = newIdentity;
        var slots = kept.ToDictionary(entry => entry.Name, entry => _slots[entry.Name], StringComparer.Ordinal);
        var stopped = _slots.Where(slot => !slots.ContainsKey(slot.Key)).Select(slot => slot.Value).ToList();
        _disposals.RemoveAll(task => task.IsCompleted);
        _disposals.AddRange(stopped.Select(StopAndDisposeAsync));
        foreach (var (entry, probe) in made)
        {
            var schedule = ProbeSchedule.For(newIdentity.Agent, entry.Name, entry.Interval);
            var slot = new ProbeSlot(entry, probe, schedule, runner, context.Time, _epoch);
            slots.Add(entry.Name, slot);
            slot.Start();
        }

        _slots = slots;
        SchedulingLog.Applied(log, made.Count, stopped.Count, kept.Count);
        return true;
    }

    /// <summary>Stops every probe; one that does not let go in time is left to the end of the process.</summary>
    public async Task StopAsync()
    {
        _disposals.AddRange(_slots.Values.Select(StopAndDisposeAsync));
        _slots = [];
        await Task.WhenAny(Task.WhenAll(_disposals), Task.Delay(StopGrace, context.Time));
    }

    private bool IsUnchanged(ProbeEntry entry) =>
        _slots.TryGetValue(entry.Name, out var slot) && slot.Entry.Fingerprint == entry.Fingerprint;

    private void Make(ProbeEntry entry, List<(ProbeEntry Entry, IProbe Probe)> made, ICollection<ProbeFailure> errors)
    {
        try
        {
            made.Add((entry, entry.Create(context)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever stops a probe from being made, such as a missing right, is an error of the configuration that asks for it.
            errors.Add(new ProbeFailure(entry, exception.Message));
        }
    }

    private static async Task StopAndDisposeAsync(ProbeSlot slot)
    {
        await slot.StopAsync(StopGrace);
        await slot.DisposeAsync();
    }
}

/// <summary>A probe that could not be made, and why.</summary>
internal sealed record ProbeFailure(ProbeEntry Entry, string Reason);
