using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Tests.Inventory;

/// <summary>Devices for tests: <c>SomeDevice.Of("sw1", "address=10.0.0.1", "serial=S1")</c>.</summary>
internal static class SomeDevice
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static Device Of(string name, params string[] facts) => new(name, Facts(facts));

    public static DeviceFacts Facts(params string[] facts) =>
        new(facts.Select(fact => KeyValuePair.Create(fact.Split('=')[0], fact[(fact.IndexOf('=', StringComparison.Ordinal) + 1)..])));

    public static AcceptedDevice Accepted(string name, params string[] facts) => new(Of(name, facts), Monday, "anna");
}
