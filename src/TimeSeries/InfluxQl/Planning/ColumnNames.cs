using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Names columns: by alias, else after the functions and fields in them; a name that is taken gets a number.</summary>
internal static class ColumnNames
{
    public static IReadOnlyList<string> Of(string timeColumn, IReadOnlyList<SelectField> fields)
    {
        var names = new string[fields.Count];
        var taken = new Dictionary<string, int>(StringComparer.Ordinal) { [timeColumn] = 1 };
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Alias.Length > 0)
            {
                taken[names[i] = fields[i].Alias] = 1;
            }
        }

        for (var i = 0; i < fields.Count; i++)
        {
            names[i] ??= Free(Of(fields[i].Expr), taken);
        }

        return names;
    }

    public static string Of(Expr expr) => expr switch
    {
        Reference reference => reference.Name,
        Call call => call.Name,
        Paren paren => Of(paren.Inner),
        Binary binary => string.Join('_', Parts(binary)),
        _ => "",
    };

    private static string Free(string name, Dictionary<string, int> taken)
    {
        if (taken.TryGetValue(name, out var count))
        {
            var free = $"{name}_{count}";
            while (taken.ContainsKey(free))
            {
                free = $"{name}_{++count}";
            }

            taken[name] = count + 1;
            name = free;
        }

        taken[name] = taken.GetValueOrDefault(name) + 1;
        return name;
    }

    private static IEnumerable<string> Parts(Expr expr) => expr switch
    {
        Reference reference => [reference.Name],
        Call call => [call.Name],
        Paren paren => Parts(paren.Inner),
        Binary binary => Parts(binary.Left).Concat(Parts(binary.Right)),
        _ => [],
    };
}
