using System.Text;
using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>The inventory as comma-separated values; docs/formats/inventory.md describes them.</summary>
internal static class CsvInventory
{
    private static readonly string[] Columns = [InventoryFile.Name, .. InventoryField.All.Select(field => field.Name), InventoryFile.Parents];

    public static InventoryFile Read(string text)
    {
        var reader = new CsvReader(text);
        var list = new FileDeviceList();
        var fields = ReadHead(reader.Read(), list);
        while (fields.Length > 0 && !list.IsFull && reader.Read() is { } row)
        {
            Take(row, fields, list);
        }

        return list.End(fields.OfType<string>());
    }

    public static byte[] Write(InventoryContent content)
    {
        var text = new StringBuilder();
        AppendRow(text, Columns);
        foreach (var device in content.Devices.Select(accepted => accepted.Device))
        {
            AppendRow(text,
            [
                device.Name, .. InventoryField.All.Select(field => device.Facts[field.Name]),
                InventoryField.Join(content.ParentsOf(device.Name)),
            ]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The fields of the columns, null for one that is not known; empty when the file cannot be read at all.</summary>
    private static string?[] ReadHead(CsvRow? head, FileDeviceList list)
    {
        if (head is null || head.Fault is not null)
        {
            list.Fail(head?.Fault ?? new FileFault(1, 1, "", "the file is empty; its first line names the columns"));
            return [];
        }

        var fields = new string?[head.Cells.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var cell = head.Cells[i];
            var field = InventoryFile.FieldOf(cell.Text);
            if (field is null)
            {
                list.Fail(cell.Line, cell.Column, "", $"there is no field '{DeviceFacts.Line(cell.Text)}'; the column is left out");
            }
            else if (fields.Contains(field))
            {
                list.Fail(cell.Line, cell.Column, field, "the column is there twice; the first one counts");
            }
            else
            {
                fields[i] = field;
            }
        }

        if (fields.Contains(InventoryFile.Name))
        {
            return fields;
        }

        list.Fail(1, 1, InventoryFile.Name, $"there is no column {InventoryFile.Name}; the first line names the columns");
        return [];
    }

    private static void Take(CsvRow row, string?[] fields, FileDeviceList list)
    {
        if (row.Fault is not null)
        {
            list.Fail(row.Fault);
            return;
        }

        if (row.Cells.Count != fields.Length)
        {
            var place = row.Cells[Math.Min(fields.Length, row.Cells.Count - 1)];
            list.Fail(place.Line, place.Column, "", $"the row has {row.Cells.Count} cells and the first line {fields.Length}");
            return;
        }

        var values = new List<(string, CsvCell)>();
        for (var i = 0; i < fields.Length; i++)
        {
            // An empty cell says nothing; a name must be there.
            if (fields[i] is { } field && (row.Cells[i].Text.Length > 0 || field == InventoryFile.Name))
            {
                values.Add((field, row.Cells[i]));
            }
        }

        list.Add(values, row.Line, 1);
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(CsvCell.Write)).Append("\r\n");
}
