using NocMonitor.Probes.Snmp.Profiles.Yaml;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads <c>where</c>, by names or by cells, and Kentik's <c>condition</c>. Stateless.</summary>
internal static class ConditionReader
{
    public static IReadOnlyList<RowCondition> Read(MappingReader reader)
    {
        var conditions = new List<RowCondition>();
        if (reader.Find("where") is { Kind: YamlKind.Sequence })
        {
            conditions.AddRange(reader.Sections("where", ReadCell));
        }
        else
        {
            conditions.AddRange(reader.Map("where").Select(member => ReadNamed(reader, member)).OfType<RowCondition>());
        }

        if (reader.Text("condition") is { } text)
        {
            if (text.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } column, var value])
            {
                conditions.Add(RowCondition.Of(column, value.Trim('"')));
            }
            else
            {
                reader.Error("condition", $"'{text}' is not COLUMN=VALUE");
            }
        }

        return conditions;
    }

    private static RowCondition? ReadNamed(MappingReader reader, YamlMember member)
    {
        IReadOnlyList<YamlNode> values = member.Node.Kind == YamlKind.Sequence ? member.Node.Items : [member.Node];
        var texts = values.Select(value => reader.TextOf(value, "where")).OfType<string>().ToList();
        var condition = RowCondition.TryParse(member.Name, texts, out var error);
        if (condition is null)
        {
            reader.Faults.Error(member.Place, error);
        }

        return condition;
    }

    private static RowCondition? ReadCell(MappingReader reader)
    {
        var wanted = reader.Texts("in").Select(text => text.Text.Trim()).ToList();
        var unwanted = reader.Texts("not_in").Select(text => text.Text.Trim()).ToList();
        var cell = SymbolReader.Read(reader);
        return cell is null ? null : RowCondition.Of(cell, wanted, unwanted);
    }
}
