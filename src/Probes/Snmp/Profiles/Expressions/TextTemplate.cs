using System.Globalization;
using System.Text;

namespace NocMonitor.Probes.Snmp.Profiles.Expressions;

/// <summary>What stands in braces of a template: a symbol (empty: the own value), the whole index of the row (arc 0) or one arc of it, from 1.</summary>
internal readonly record struct TemplateName(string? Symbol, int Arc);

/// <summary>A text with the values of symbols in it, as <c>template:</c> writes it. Immutable.</summary>
internal sealed class TextTemplate
{
    private readonly (string Literal, TemplateName[] Alternatives)[] _parts;

    private TextTemplate(string text, (string Literal, TemplateName[] Alternatives)[] parts)
    {
        Text = text;
        _parts = parts;
        Symbols = [.. parts.SelectMany(part => part.Alternatives).Select(name => name.Symbol).OfType<string>().Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    public string Text { get; }

    /// <summary>The symbols used, each once.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>Reads the text; on failure <paramref name="error"/> says what is wrong.</summary>
    public static TextTemplate? TryParse(string text, out string error)
    {
        var parts = new List<(string, TemplateName[])>();
        var literal = new StringBuilder();
        error = "";
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '{' && text.IndexOf('}', i) is var end and > 0)
            {
                var names = text[(i + 1)..end].Split('|', StringSplitOptions.TrimEntries);
                if (names.FirstOrDefault(name => !IsName(name)) is { } bad)
                {
                    error = $"'{bad}' is not a name, in '{text}'";
                    return null;
                }

                parts.Add((literal.ToString(), [.. names.Select(NameOf)]));
                literal.Clear();
                i = end;
            }
            else if (c is '{' or '}')
            {
                error = $"a brace stands alone at character {i + 1} of '{text}'";
                return null;
            }
            else
            {
                literal.Append(c);
            }
        }

        parts.Add((literal.ToString(), []));
        return new TextTemplate(text, [.. parts]);
    }

    /// <summary>The text; what has no value is left out.</summary>
    /// <param name="find">The text of a name; null or empty when it has no value.</param>
    public string Render<T>(T values, Func<T, TemplateName, string?> find)
    {
        if (_parts.Length == 1)
        {
            return _parts[0].Literal;
        }

        var text = new StringBuilder();
        foreach (var (literal, alternatives) in _parts)
        {
            text.Append(literal);
            foreach (var name in alternatives)
            {
                if (find(values, name) is { Length: > 0 } found)
                {
                    text.Append(found);
                    break;
                }
            }
        }

        return text.ToString().Trim();
    }

    public override string ToString() => Text;

    private static bool IsName(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    private static TemplateName NameOf(string name)
    {
        if (name == "index")
        {
            return new TemplateName(null, 0);
        }

        return name.StartsWith("index.", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var arc) && arc > 0
            ? new TemplateName(null, arc)
            : new TemplateName(name, 0);
    }
}
