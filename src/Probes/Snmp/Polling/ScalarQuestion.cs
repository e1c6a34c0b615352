using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>The names that a poll begins with: <see cref="DeviceNames.All"/>, and behind them the profile's scalars that are none of those. Immutable.</summary>
/// <param name="Places">Where among the names each scalar is, in their order.</param>
internal sealed record ScalarQuestion(IReadOnlyList<Oid> Names, IReadOnlyList<int> Places)
{
    /// <summary>The question to a device of which nothing is known.</summary>
    public static ScalarQuestion First { get; } = Of([]);

    public static ScalarQuestion Of(IReadOnlyList<(Oid Name, int Column)> scalars)
    {
        List<Oid> names = [.. DeviceNames.All];
        var places = new int[scalars.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = names.IndexOf(scalars[i].Name);
            if (places[i] < 0)
            {
                places[i] = names.Count;
                names.Add(scalars[i].Name);
            }
        }

        return new ScalarQuestion([.. names], places);
    }
}
