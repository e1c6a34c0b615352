namespace NocMonitor.Bench.Profile;

/// <summary>A method that the JIT compiler has compiled, as its list (<c>DOTNET_JitStdOutFile</c> with <c>DOTNET_JitDisasmSummary</c>) names it.</summary>
internal sealed record CompiledMethod(TypeName Type, string Name, IReadOnlyList<TypeName> Arguments, int Parameters)
{
    private const string Marker = "JIT compiled ";

    /// <summary>From <c>12: JIT compiled Type[Arguments]:Method[Arguments](types) [Tier0, …</c>; null for stubs, which belong to no type, and for lines that say something else.</summary>
    public static CompiledMethod? Read(string line)
    {
        var start = line.IndexOf(Marker, StringComparison.Ordinal);
        var end = line.LastIndexOf(" [", StringComparison.Ordinal);
        if (start < 0 || end < start + Marker.Length)
        {
            return null;
        }

        var text = line[(start + Marker.Length)..end];
        var colon = Outside(text, ':');
        var open = colon < 0 ? -1 : colon + 1 + Outside(text[(colon + 1)..], '(');
        if (open <= colon || !text.EndsWith(')') || text.StartsWith("(dynamicClass)", StringComparison.Ordinal))
        {
            return null;
        }

        var (name, arguments) = SplitName(text[(colon + 1)..open]);
        return TypeName.ReadList(text[..colon]) is [var type] && arguments is not null ? new CompiledMethod(type, name, arguments, Count(text[(open + 1)..^1])) : null;
    }

    private static (string Name, IReadOnlyList<TypeName>? Arguments) SplitName(string text)
    {
        var bracket = text.EndsWith(']') ? text.IndexOf('[', StringComparison.Ordinal) : -1;
        return bracket < 0 ? (text, []) : (text[..bracket], TypeName.ReadList(text[(bracket + 1)..^1]));
    }

    /// <summary>The first place of a sign that is not within brackets; -1 when there is none.</summary>
    private static int Outside(string text, char sign)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == sign && depth == 0)
            {
                return i;
            }

            depth += text[i] is '[' ? 1 : text[i] is ']' ? -1 : 0;
        }

        return -1;
    }

    private static int Count(string parameters)
    {
        var (depth, count) = (0, parameters.Length == 0 ? 0 : 1);
        foreach (var sign in parameters)
        {
            depth += sign is '[' ? 1 : sign is ']' ? -1 : 0;
            count += sign == ',' && depth == 0 ? 1 : 0;
        }

        return count;
    }
}
