using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>Gathers what is read of a file: devices that are right, and the faults of those that are not. One owner.</summary>
internal sealed class FileDeviceList
{
    private readonly List<FileDevice> _devices = [];
    private readonly List<FileFault> _faults = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);

    public bool IsFull => _devices.Count >= InventoryFile.MostDevices || _faults.Count >= InventoryFile.MostFaults;

    public void Fail(FileFault fault) => _faults.Add(fault);

    public void Fail(int line, int column, string field, string message) => Fail(new FileFault(line, column, field, message));

    /// <param name="values">Fields with their texts and places.</param>
    /// <param name="line">Where the device begins.</param>
    /// <param name="column"><inheritdoc cref="Add" path="/param[@name='line']"/></param>
    public void Add(IReadOnlyList<(string Field, CsvCell Cell)> values, int line, int column)
    {
        var before = _faults.Count;
        foreach (var (field, cell) in values)
        {
            if (InventoryFile.Refuse(field, InventoryFile.Tidy(field, cell.Text)) is { } reason)
            {
                Fail(cell.Line, cell.Column, field, reason);
            }
        }

        var (_, name) = values.FirstOrDefault(value => value.Field == InventoryFile.Name);
        if (name.Text is null)
        {
            Fail(line, column, InventoryFile.Name, "a device needs a name");
        }
        else if (_faults.Count == before && !_lines.TryAdd(name.Text, line))
        {
            Fail(name.Line, name.Column, InventoryFile.Name, $"'{name.Text}' is in line {_lines[name.Text]} already");
        }

        if (_faults.Count == before)
        {
            _devices.Add(Device(name.Text!, values, line));
        }
    }

    public InventoryFile End(IEnumerable<string> fields) => new(_devices, fields.ToHashSet(StringComparer.Ordinal), _faults);

    private static FileDevice Device(string name, IReadOnlyList<(string Field, CsvCell Cell)> values, int line)
    {
        var facts = new DeviceFacts(values.Select(value => KeyValuePair.Create(value.Field, InventoryFile.Tidy(value.Field, value.Cell.Text))));
        var parents = values.FirstOrDefault(value => value.Field == InventoryFile.Parents).Cell.Text;
        return new FileDevice(new Device(name, facts), parents is null ? null : InventoryField.Items(parents), line);
    }
}
