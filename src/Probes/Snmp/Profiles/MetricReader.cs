using NocMonitor.Probes.Snmp.Profiles.Yaml;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads an entry of <c>metrics</c>. Stateless.</summary>
internal static class MetricReader
{
    private const string Interface = "interface";
    private const int MostRows = 1_000_000;

    public static ProfileMetric? Read(MappingReader reader)
    {
        reader.Accept("metric_type", "forced_type", "walk_full_table", "description");
        reader.Refuse("options", "rates and flags are made by the collector");
        var table = reader.Section("table", static table => new ProfileTable(table.Text("name") ?? "", TableOid(table)));
        var symbols = SymbolsOf(reader);
        var isInterface = reader.Flag("is_interface") || table?.Name is "ifTable" or "ifXTable";
        var measurement = reader.Text("measurement") ?? MeasurementOf(table, isInterface);
        var tags = reader.Sections("metric_tags", TagReader.Read);
        var entry = new ProfileMetric
        {
            Place = reader.Place,
            Mib = reader.Text("MIB") ?? "",
            Measurement = measurement,
            Table = table,
            Symbols = symbols,
            Columns = reader.Sections("columns", SymbolReader.Read),
            Tags = [.. tags.Select((tag, i) => tag with { IsIdentity = tag.IsIdentity || i == 0 || reader.Find("measurement") is not null })],
            StaticTags = TagReader.StaticTags(reader),
            Where = ConditionReader.Read(reader),
            When = OidsOf(reader, "when"),
            Unless = OidsOf(reader, "unless"),
            IsCapacity = reader.Flag("capacity"),
            Limits = LimitReader.Read(reader),
            WithUptime = reader.Flag("with_uptime", measurement == Interface),
            MaxRows = reader.Integer("max_rows", 1, MostRows),
            PollTime = TimeSpan.FromSeconds(reader.Integer("poll_time_sec", 0, 86_400) ?? symbols.Select(symbol => symbol.PollTime.TotalSeconds).DefaultIfEmpty(0).Min()),
        };
        if (symbols.Count > 0 || entry.Tags.Any(tag => tag.IsState))
        {
            return entry;
        }

        if (reader.Find("symbols") is null && reader.Find("symbol") is null)
        {
            reader.Faults.Error(reader.Place, "the entry has no symbols");
        }

        return null;
    }

    private static Oid? TableOid(MappingReader table)
    {
        table.Accept("description");
        return table.Oid("OID");
    }

    private static string MeasurementOf(ProfileTable? table, bool isInterface)
    {
        if (table is null)
        {
            return "snmp";
        }

        const string ending = "Table";
        return isInterface ? Interface
            : table.Name.Length == 0 ? "snmp_table"
            : table.Name.EndsWith(ending, StringComparison.Ordinal) && table.Name.Length > ending.Length ? table.Name[..^ending.Length]
            : table.Name;
    }

    private static IReadOnlyList<ProfileSymbol> SymbolsOf(MappingReader reader)
    {
        var symbols = new List<ProfileSymbol>();

        // The oldest form has OID and name of its one symbol in the entry itself.
        if (reader.Find("OID") is not null && reader.Find("symbol") is null or { Kind: YamlKind.Scalar } && reader.Oid("OID") is { } oid)
        {
            symbols.Add(new ProfileSymbol { Place = reader.Place, Oid = oid, Name = reader.Text("name") ?? reader.Text("symbol") ?? "" });
        }

        if (reader.Find("symbol") is { Kind: YamlKind.Mapping })
        {
            symbols.AddRange(reader.Sections("symbol", SymbolReader.Read));
        }

        symbols.AddRange(reader.Sections("symbols", SymbolReader.Read));
        foreach (var nameless in symbols.Where(symbol => symbol.Name.Length == 0 && symbol.Field is null))
        {
            reader.Faults.Error(nameless.Place, "the symbol has no name");
        }

        return [.. symbols.Where(symbol => symbol.Name.Length > 0 || symbol.Field is not null)];
    }

    private static List<Oid> OidsOf(MappingReader reader, string name) =>
        [.. reader.Texts(name).Select(text => reader.OidOf(text, name)).OfType<Oid>()];
}
