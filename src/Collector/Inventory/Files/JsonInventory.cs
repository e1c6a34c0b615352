using System.Text.Encodings.Web;
using System.Text.Json;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>The inventory as JSON: <c>{ "devices": [ … ] }</c> or the list alone; docs/formats/inventory.md describes it.</summary>
internal static class JsonInventory
{
    private const string Devices = "devices";
    private static readonly byte[] Opening = "{\"devices\":"u8.ToArray();

    public static InventoryFile Read(ReadOnlySpan<byte> bytes)
    {
        var list = new FileDeviceList();
        var errors = new List<ConfigError>();
        var isList = bytes.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'[', ..];
        var root = JsonConfigParser.Parse("", isList ? [.. Opening, .. bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, (byte)'}'] : bytes, errors);
        var shift = isList ? Opening.Length : 0;
        foreach (var error in errors)
        {
            list.Fail(error.Place.Line, Column(error.Place, shift), "", error.Message);
        }

        var fields = new HashSet<string>(StringComparer.Ordinal);
        var unknown = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (errors.Count == 0 && root.Find(Devices) is not { Kind: ConfigKind.Array })
        {
            list.Fail(1, 1, "", "the file has no list of devices");
        }

        foreach (var item in root.Find(Devices)?.Items ?? [])
        {
            if (list.IsFull)
            {
                break;
            }

            Take(item, list, fields, unknown, shift);
        }

        return list.End(fields);
    }

    public static byte[] Write(InventoryContent content)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray(Devices);
            foreach (var device in content.Devices.Select(accepted => accepted.Device))
            {
                Write(writer, device, content.ParentsOf(device.Name));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Take(ConfigNode item, FileDeviceList list, HashSet<string> fields, HashSet<string> unknown, int shift)
    {
        var (line, column) = (item.Place.Line, Column(item.Place, shift));
        if (item.Kind != ConfigKind.Object)
        {
            list.Fail(line, column, "", "a device is an object with a name");
            return;
        }

        var values = new List<(string, CsvCell)>();
        var wrong = false;
        foreach (var (name, node) in item.Members)
        {
            var (nodeLine, nodeColumn) = (node.Place.Line, Column(node.Place, shift));
            if (InventoryFile.FieldOf(name) is not { } field)
            {
                if (unknown.Add(name))
                {
                    list.Fail(nodeLine, nodeColumn, "", $"there is no field '{DeviceFacts.Line(name)}'; it is left out wherever it stands");
                }
            }
            else if (Text(node) is not { } text)
            {
                wrong = true;
                list.Fail(nodeLine, nodeColumn, field, "is a text, a number or a list of them");
            }
            else if (node.Kind != ConfigKind.Null)
            {
                fields.Add(field);
                values.Add((field, new CsvCell(text, nodeLine, nodeColumn)));
            }
        }

        if (!wrong)
        {
            list.Add(values, line, column);
        }
    }

    private static string? Text(ConfigNode node) => node.Kind switch
    {
        ConfigKind.Object => null,
        ConfigKind.Array => node.Items.All(item => item.Kind is ConfigKind.String or ConfigKind.Number) ? InventoryField.Join(node.Items.Select(item => item.Text)) : null,
        _ => node.Text,
    };

    private static void Write(Utf8JsonWriter writer, Device device, IEnumerable<string> parents)
    {
        writer.WriteStartObject();
        writer.WriteString(InventoryFile.Name, device.Name);
        foreach (var field in InventoryField.All.Where(field => device.Facts[field.Name].Length > 0))
        {
            if (field.Shape == FieldShape.List)
            {
                WriteList(writer, field.Name, InventoryField.Items(device.Facts[field.Name]));
            }
            else
            {
                writer.WriteString(field.Name, device.Facts[field.Name]);
            }
        }

        if (parents.Any())
        {
            WriteList(writer, InventoryFile.Parents, parents);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }

    /// <summary>In the first line stands what was put before a list.</summary>
    private static int Column(ConfigPlace place, int shift) => place.Line == 1 ? Math.Max(1, place.Column - shift) : place.Column;
}
