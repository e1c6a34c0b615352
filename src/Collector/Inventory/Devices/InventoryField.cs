namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>How the text of a field is to be understood when two are compared.</summary>
internal enum FieldShape
{
    /// <summary>Free text: compared without regard to upper and lower case.</summary>
    Text,

    /// <summary>Things in any order, with a semicolon between them.</summary>
    List,

    /// <summary>An IP address: compared by what it means, not by how it is written.</summary>
    Address,
}

/// <summary>One thing that is known of a device beside its name. The list is the columns of the files and the members of the API, in this order.</summary>
internal sealed record InventoryField(string Name, string Title, FieldShape Shape = FieldShape.Text)
{
    public const char Separator = ';';

    public const string Address = "address";
    public const string Serial = "serial";
    public const string SysName = "sysName";
    public const string ChassisId = "chassisId";
    public const string Addresses = "addresses";

    private static readonly Dictionary<string, InventoryField> ByName;

    static InventoryField()
    {
        All =
        [
            new(Address, "management address", FieldShape.Address),
            new(Serial, "serial number"),
            new("vendor", "vendor"),
            new("model", "model"),
            new("version", "software version"),
            new("profile", "device profile"),
            new("location", "location"),
            new("contact", "contact"),
            new(SysName, "sysName"),
            new("description", "description"),
            new("objectId", "sysObjectID"),
            new(ChassisId, "LLDP chassis id"),
            new(Addresses, "further addresses", FieldShape.List),
            new("interfaces", "interfaces", FieldShape.List),
            new("ports", "open TCP ports", FieldShape.List),
            new("site", "site"),
            new("note", "note"),
        ];
        ByName = All.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
    }

    public static IReadOnlyList<InventoryField> All { get; }

    public static InventoryField? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The items of a list's text, without blanks around them, each once.</summary>
    public static IReadOnlyList<string> Items(string text) =>
        [.. text.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The text of a list; an item that holds the separator gets a comma in its place.</summary>
    public static string Join(IEnumerable<string> items) =>
        string.Join(Separator, items.Select(item => item.Replace(Separator, ',').Trim()).Where(item => item.Length > 0));

    /// <summary>Whether two texts of this field say the same.</summary>
    public bool AreSame(string one, string other) => Shape switch
    {
        FieldShape.List => Items(one).ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(Items(other)),
        FieldShape.Address => string.Equals(IpText.Plain(one), IpText.Plain(other), StringComparison.OrdinalIgnoreCase),
        _ => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase),
    };
}
