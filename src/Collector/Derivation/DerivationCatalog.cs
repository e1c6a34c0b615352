namespace NocMonitor.Collector.Derivation;

/// <summary>The measurements that rates are derived for.</summary>
internal static class DerivationCatalog
{
    public static IReadOnlyList<DerivedMeasurement> All { get; } = [InterfaceRates.Measurement];

    public static DerivedMeasurement? Find(string measurement) => All.FirstOrDefault(one => one.Name == measurement);
}
