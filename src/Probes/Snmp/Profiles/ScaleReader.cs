using System.Globalization;
using NocMonitor.Probes.Snmp.Profiles.Yaml;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads <c>scale_by</c>: cells of the row that scale a value. Stateless.</summary>
internal static class ScaleReader
{
    public static IReadOnlyList<ScaleStep> Read(MappingReader reader) => reader.Sections("scale_by", ReadStep);

    private static ScaleStep? ReadStep(MappingReader reader)
    {
        var mapping = new Dictionary<long, double>();
        foreach (var member in reader.Map("mapping"))
        {
            if (long.TryParse(member.Name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var from)
                && double.TryParse(member.Node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var to))
            {
                mapping[from] = to;
            }
            else
            {
                reader.Faults.Error(member.Place, "a mapping of scale_by is from a whole number to a number");
            }
        }

        var kind = KindOf(reader);
        var cell = reader.Find("OID") is { Kind: YamlKind.Scalar } ? SourceReader.Apply(reader, new ProfileSymbol { Place = reader.Place, Name = reader.Text("name") ?? "" }) : null;
        if (cell?.Oid is not null)
        {
            return new ScaleStep(cell, kind, mapping);
        }

        reader.Faults.Error(reader.Place, "scale_by needs the OID of a cell");
        return null;
    }

    private static ScaleKind KindOf(MappingReader reader)
    {
        switch (reader.Text("as"))
        {
            case null or "multiplier":
                return ScaleKind.Multiplier;
            case "divisor":
                return ScaleKind.Divisor;
            case "exponent":
                return ScaleKind.Exponent;
            case "negative_exponent":
                return ScaleKind.NegativeExponent;
            case var other:
                reader.Error("as", $"'{other}' is not multiplier, divisor, exponent or negative_exponent");
                return ScaleKind.Multiplier;
        }
    }
}
