namespace NocMonitor.Bench.Profile;

/// <summary>A type as the JIT compiler writes it: <c>System.Collections.Generic.List`1[System.__Canon]</c>, <c>int</c>, <c>byte[]</c>.</summary>
/// <param name="Name">The full name of the definition; of an array null.</param>
/// <param name="Arguments">Of a generic type, in order; of an array its one element type.</param>
internal sealed record TypeName(string? Name, IReadOnlyList<TypeName> Arguments)
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["bool"] = "Boolean",
        ["char"] = "Char",
        ["byte"] = "Byte",
        ["ubyte"] = "Byte",
        ["sbyte"] = "SByte",
        ["short"] = "Int16",
        ["ushort"] = "UInt16",
        ["int"] = "Int32",
        ["uint"] = "UInt32",
        ["long"] = "Int64",
        ["ulong"] = "UInt64",
        ["float"] = "Single",
        ["double"] = "Double",
        ["nint"] = "IntPtr",
        ["nuint"] = "UIntPtr",
    };

    /// <summary>Reads types separated by commas; null when they are written in a way that this does not know.</summary>
    public static IReadOnlyList<TypeName>? ReadList(string text)
    {
        var at = 0;
        var list = ReadList(text, ref at);
        return at == text.Length ? list : null;
    }

    private static List<TypeName>? ReadList(string text, ref int at)
    {
        var list = new List<TypeName>();
        while (Read(text, ref at) is { } type)
        {
            list.Add(type);
            if (at == text.Length || text[at] != ',')
            {
                return list;
            }

            at++;
        }

        return null;
    }

    private static TypeName? Read(string text, ref int at)
    {
        var end = text.AsSpan(at).IndexOfAny('[', ']', ',');
        var name = text.Substring(at, end < 0 ? text.Length - at : end);
        at += name.Length;
        var type = name.Length == 0 ? null : new TypeName(Keywords.TryGetValue(name, out var full) ? "System." + full : name, []);
        while (type is not null && at < text.Length && text[at] == '[')
        {
            at++;
            type = at < text.Length && text[at] == ']' ? new TypeName(null, [type]) : type.Arguments.Count == 0 && ReadList(text, ref at) is { } arguments ? type with { Arguments = arguments } : null;
            if (at == text.Length || text[at] != ']')
            {
                return null;
            }

            at++;
        }

        return type;
    }
}
