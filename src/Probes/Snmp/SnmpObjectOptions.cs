using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp;

/// <summary>Single objects and tables that the options of the probe name, without any profile.</summary>
internal static class SnmpObjectOptions
{
    public static IReadOnlyList<ProfileMetric> Read(OptionReader options)
    {
        var scalars = options.Sections("Oids", ReadSymbol, "Single objects: fields of the device's point snmp.");
        var tables = options.Sections("Tables", ReadTable, "Tables: one point a row.");
        return [.. scalars.OfType<ProfileSymbol>().Select(ScalarOf), .. tables.OfType<ProfileMetric>()];
    }

    private static ProfileSymbol? ReadSymbol(OptionReader options)
    {
        var oid = OidOf(options, "Oid", options.RequiredText("Oid", "The object, such as 1.3.6.1.2.1.1.3.0; of a table the column."));
        var symbol = new ProfileSymbol
        {
            Place = options.Place,
            Oid = oid,
            Name = options.RequiredText("Name", "The name of the field, or of the tag."),
            Format = options.Choice("Format", ValueFormat.ByType, "How the value is read; docs/formats/device-profiles.md describes each."),
            ScaleFactor = options.Number("Scale", 1, -1e12, 1e12, "The number times this.") is var scale && scale != 1 ? scale : null,
        };
        return oid is null ? null : symbol;
    }

    private static ProfileMetric? ReadTable(OptionReader options)
    {
        var measurement = options.RequiredText("Measurement", "The measurement of the points.");
        var fields = options.Sections("Columns", ReadSymbol, "Columns that become fields.").OfType<ProfileSymbol>().ToList();
        var tags = options.Sections("Tags", ReadSymbol, "Columns that become tags and so name the row; the index of the row does without any.").OfType<ProfileSymbol>().ToList();
        var uptime = options.Flag("WithUptime", false, "Adds the field sys_uptime, which tells that counters started again.");
        if (fields.Count == 0)
        {
            options.Fail("Columns", "at least one column is required");
            return null;
        }

        return Metric(options.Place, measurement, fields) with
        {
            Table = new ProfileTable(measurement, null),
            Tags = [.. tags.Select(tag => new ProfileTag { Place = tag.Place, Name = tag.Name, Source = tag, IsIdentity = true })],
            WithUptime = uptime,
        };
    }

    private static ProfileMetric ScalarOf(ProfileSymbol symbol) => Metric(symbol.Place, "snmp", [symbol]);

    private static ProfileMetric Metric(ConfigPlace place, string measurement, IReadOnlyList<ProfileSymbol> symbols) => new()
    {
        Place = place,
        Mib = "",
        Measurement = measurement,
        Table = null,
        Symbols = symbols,
        Columns = [],
        Tags = [],
        StaticTags = [],
        Where = [],
        When = [],
        Unless = [],
        IsCapacity = false,
        Limits = null,
        WithUptime = false,
        MaxRows = null,
        PollTime = TimeSpan.Zero,
    };

    private static Oid? OidOf(OptionReader options, string name, string text)
    {
        if (Oid.TryParse(text, out var oid))
        {
            return oid;
        }

        if (text.Length > 0)
        {
            options.Fail(name, $"'{text}' is not an object identifier");
        }

        return null;
    }
}
