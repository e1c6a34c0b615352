namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads Kentik's <c>conversion</c> into what our formats call the same. Stateless.</summary>
internal static class ConversionReader
{
    private const string Pattern = "regexp:";

    public static ProfileSymbol Apply(MappingReader reader, ProfileSymbol symbol)
    {
        var text = reader.Text("conversion");
        switch (text)
        {
            case null:
                return symbol;
            case "hextoip":
                return symbol with { Format = ValueFormat.IpAddress };
            case "hwaddr":
                return symbol with { Format = ValueFormat.MacAddress };
            case "engine_id":
                return symbol with { Format = ValueFormat.Hex };
            case "powerset_status":
                return symbol with { Format = ValueFormat.Bits };
            case "to_number":
                return symbol with { Format = ValueFormat.Float };
            case "to_one":
                // There the number 1 carries a text along; here a field can be a text.
                return symbol with { Format = ValueFormat.Text };
            case not null when text.StartsWith(Pattern, StringComparison.Ordinal):
                return symbol with { Extract = reader.PatternOf(reader.PlaceOf("conversion"), text[Pattern.Length..]) };
            case not null when text.StartsWith("hextoint:", StringComparison.OrdinalIgnoreCase):
                return symbol with { Format = text.Contains("little", StringComparison.OrdinalIgnoreCase) ? ValueFormat.LittleEndian : ValueFormat.BigEndian };
            default:
                reader.Faults.Unsupported(reader.PlaceOf("conversion"), $"unknown conversion {text}; the value is stored as it comes");
                return symbol;
        }
    }
}
