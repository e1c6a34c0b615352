using NocMonitor.LineProtocol;

namespace NocMonitor.Agent.Scheduling;

/// <summary>The tags that make a point this agent's. Immutable.</summary>
/// <param name="Agent">Who watched.</param>
/// <param name="Host">What was watched, when the probe does not say.</param>
/// <param name="Tags">Further tags of every point.</param>
internal sealed record AgentIdentity(string Agent, string Host, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Adds what the probe did not set: its own tags identify and are never overwritten.</summary>
    public void Complete(Point point, IReadOnlyDictionary<string, string> probeTags)
    {
        point.Tag("agent", Agent);
        AddMissing(point, probeTags);
        AddMissing(point, Tags);
        if (point.FindTag("host") is null)
        {
            point.Tag("host", Host);
        }
    }

    /// <summary>True when points get the same tags from both. (A record compares dictionaries by reference.)</summary>
    public bool SaysTheSameAs(AgentIdentity other) =>
        Agent == other.Agent && Host == other.Host && Tags.Count == other.Tags.Count
        && Tags.All(tag => other.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value);

    private static void AddMissing(Point point, IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (point.FindTag(key) is null)
            {
                point.Tag(key, value);
            }
        }
    }
}
