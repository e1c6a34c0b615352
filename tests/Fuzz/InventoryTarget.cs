using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Files;

namespace NocMonitor.Fuzz;

/// <summary>A file that somebody imports: whatever it holds, devices that were read can be written in both formats and read back the same, and every fault has a place.</summary>
internal static class InventoryTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        foreach (var format in new[] { FileFormat.Csv, FileFormat.Json })
        {
            var file = InventoryFile.Read(input, format);
            Require(file.Faults.All(fault => fault.Line > 0 && fault.Column > 0 && fault.Message.Length > 0), "a fault without a place or a reason");
            Require(file.Devices.Select(device => device.Device.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == file.Devices.Count, "a name twice");
            var content = new InventoryContent(
                [.. file.Devices.Select(device => new AcceptedDevice(device.Device, DateTimeOffset.UnixEpoch, "fuzz"))], [], [],
                Array.Empty<HostDependency>().ToLookup(one => one.Host));
            ReadsBack(content, FileFormat.Csv);
            ReadsBack(content, FileFormat.Json);
        }
    }

    private static void ReadsBack(InventoryContent content, FileFormat format)
    {
        var again = InventoryFile.Read(InventoryFile.Write(content, format), format);
        Require(again.Faults.Count == 0 || content.Devices.Count == 0, "what was written is not read");
        var report = Reconciliation.Compare(content, again);
        Require(report.Same == content.Devices.Count && report.TheirsOnly.Count == 0, "what was written reads as something else");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
