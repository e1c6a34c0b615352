using System.CommandLine;
using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Cli;

/// <summary><c>inventory list</c>.</summary>
internal static class DeviceCommands
{
    public static Command CreateList()
    {
        var name = new Argument<string?>("NAME") { Description = "Only this device, with everything that is known of it.", Arity = ArgumentArity.ZeroOrOne };
        return InventoryCommand.Asking(
            new Command("list", "Lists the devices that were accepted.") { name },
            (client, result, token) => client.GetAsync(
                result.GetValue(name) is { } one ? $"/api/v1/inventory?name={Uri.EscapeDataString(one)}" : "/api/v1/inventory", InventoryJson.Plain.DeviceList, token),
            InventoryJson.Plain.DeviceList,
            (result, console, list) =>
            {
                if (result.GetValue(name) is null || list.Devices.Count != 1)
                {
                    PrintAll(console, list);
                }
                else
                {
                    PrintOne(console, list.Devices[0]);
                }
            });
    }

    private static void PrintAll(InventoryConsole console, DeviceList list) => console.Table(
        $"{list.Devices.Count} devices", ["Name", "Address", "Vendor", "Model", "Version", "Serial", "Location", "Parents", "Last seen (UTC)"],
        list.Devices.Select(device => (string[])
        [
            device.Name, Fact(device, InventoryField.Address), Fact(device, "vendor"), Fact(device, "model"), Fact(device, "version"),
            Fact(device, InventoryField.Serial), Fact(device, "location"), string.Join(", ", device.Parents), InventoryConsole.Time(device.LastSeen),
        ]));

    private static void PrintOne(InventoryConsole console, DeviceView device)
    {
        List<string[]> rows = [.. InventoryField.All.Where(field => device.Facts.ContainsKey(field.Name)).Select(field => (string[])[field.Title, Fact(device, field.Name)])];
        rows.Add(["parents", string.Join(", ", device.Parents)]);
        rows.Add(["watched by", device.Agent ?? ""]);
        rows.Add(["last seen (UTC)", InventoryConsole.Time(device.LastSeen)]);
        rows.Add(["accepted (UTC)", $"{InventoryConsole.Time(device.AcceptedAt)} by {device.AcceptedBy}"]);
        console.Table(device.Name, ["Field", "Value"], rows);
    }

    private static string Fact(DeviceView device, string field) => device.Facts.GetValueOrDefault(field, "").Replace(";", "; ", StringComparison.Ordinal);
}
