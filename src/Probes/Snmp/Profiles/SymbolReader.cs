using System.Globalization;
using NocMonitor.Probes.Snmp.Profiles.Yaml;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads the keys of a symbol. Stateless.</summary>
internal static class SymbolReader
{
    /// <summary>A symbol of a table or of scalars: it must have something that gives a value.</summary>
    public static ProfileSymbol? Read(MappingReader reader)
    {
        var symbol = SourceReader.Apply(reader, ReadValue(reader));
        symbol = symbol with
        {
            States = StateReader.Read(reader),
            Invalid = [.. reader.Texts("invalid").Select(text => NumberOf(reader, text)).OfType<double>()],
            IsUnsigned = reader.Flag("unsigned"),
            ScaleBy = ScaleReader.Read(reader),
            Unless = reader.Text("unless"),
        };
        if (symbol.HasSource)
        {
            return symbol;
        }

        // A bad source has been reported at its own place.
        if (!SourceReader.Keys.Any(key => reader.Find(key) is not null))
        {
            reader.Faults.Error(reader.Place, symbol.Name.Length > 0 ? $"the symbol {symbol.Name} has no OID" : "the symbol has no OID");
        }

        return null;
    }

    /// <summary>A cell: a symbol that is asked for.</summary>
    public static ProfileSymbol? ReadCell(MappingReader reader)
    {
        var symbol = Read(reader);
        if (symbol is null or { Oid: not null })
        {
            return symbol;
        }

        reader.Faults.Error(reader.Place, "an OID is required here");
        return null;
    }

    /// <summary>All that says how a value is read, without what says where it comes from.</summary>
    public static ProfileSymbol ReadValue(MappingReader reader)
    {
        var symbol = new ProfileSymbol
        {
            Place = reader.Place,
            Name = reader.Text("name") ?? "",
            Field = reader.Text("field"),
            Alias = reader.Text("tag"),
            Words = WordReader.Read(reader),
            TextField = reader.Text("text"),
            Format = FormatOf(reader),
            ScaleFactor = reader.Number("scale_factor"),
            Extract = reader.Pattern("extract_value"),
            Match = reader.Pattern("match_pattern"),
            MatchValue = reader.Text("match_value")?.Replace("\\", "$", StringComparison.Ordinal),
            IsConstantOne = reader.Flag("constant_value_one"),
            PollTime = TimeSpan.FromSeconds(reader.Integer("poll_time_sec", 0, 86_400) ?? 0),
            Where = ConditionReader.Read(reader),
        };
        reader.Accept("description", "allow_duplicate", "metric_type", "forced_type", "MIB");
        reader.Refuse("script", "profiles run no code");
        reader.Refuse("match_attributes", "rows are chosen by where");
        return ConversionReader.Apply(reader, symbol);
    }

    private static double? NumberOf(MappingReader reader, YamlNode text)
    {
        if (double.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        reader.Faults.Error(text.Place, $"'{text.Text}' is not a number");
        return null;
    }

    private static ValueFormat FormatOf(MappingReader reader)
    {
        switch (reader.Text("format"))
        {
            case null or "gauge" or "counter":
                // Kentik's words for how a number is shown.
                return ValueFormat.ByType;
            case "integer":
                return ValueFormat.Integer;
            case "float":
                return ValueFormat.Float;
            case "text":
                return ValueFormat.Text;
            case "hex":
                return ValueFormat.Hex;
            case "mac_address":
                return ValueFormat.MacAddress;
            case "ip_address":
                return ValueFormat.IpAddress;
            case "oid":
                return ValueFormat.Oid;
            case "date_and_time":
                return ValueFormat.DateAndTime;
            case "bits":
                return ValueFormat.Bits;
            case var other:
                reader.Faults.Unsupported(reader.PlaceOf("format"), $"unknown format {other}");
                return ValueFormat.ByType;
        }
    }
}
