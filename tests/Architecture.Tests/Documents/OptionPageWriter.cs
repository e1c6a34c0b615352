using System.Text;
using NocMonitor.Configuration;

namespace NocMonitor.Architecture.Tests.Documents;

/// <summary>Turns the options of a reader into tables of a Markdown page: key, kind, default, range, meaning.</summary>
internal sealed class OptionPageWriter
{
    private readonly StringBuilder _page = new();

    public OptionPageWriter Heading(int level, string title, string text)
    {
        _page.Append('\n').Append('#', level).Append(' ').Append(title).Append("\n\n");
        if (text.Length > 0)
        {
            _page.Append(text).Append("\n\n");
        }

        return this;
    }

    /// <summary>One table; sections inside follow as rows with their path, so that a key is found by searching the page.</summary>
    public OptionPageWriter Table(OptionSchema schema)
    {
        _page.Append("| key | kind | default | range | meaning |\n|---|---|---|---|---|\n");
        Rows("", schema);
        return this;
    }

    public override string ToString() => _page.ToString().TrimStart('\n');

    private void Rows(string path, OptionSchema schema)
    {
        foreach (var option in schema.Options)
        {
            var key = path + option.Name;
            var range = option.Choices.Count > 0 ? string.Join(", ", option.Choices) : option.Range;
            var standard = option.Required ? "required" : option.Default.Length > 0 ? $"`{Escape(option.Default)}`" : "";
            _page.Append("| `").Append(key).Append("` | ").Append(Kind(option)).Append(" | ").Append(standard).Append(" | ")
                .Append(range).Append(" | ").Append(Escape(option.Help)).Append(" |\n");
            if (option.Inner is { } inner)
            {
                Rows(key + Inside(option.Kind), inner);
            }
        }
    }

    private static string Inside(OptionKind kind) => kind switch
    {
        OptionKind.SectionList => "[].",
        OptionKind.SectionMap => ".NAME.",
        _ => ".",
    };

    private static string Kind(OptionDescription option) => option.Kind switch
    {
        OptionKind.Text => "text",
        OptionKind.Integer => "whole number",
        OptionKind.Number => "number",
        OptionKind.Flag => "true or false",
        OptionKind.Duration => "duration",
        OptionKind.Bytes => "size",
        OptionKind.Choice => "one word",
        OptionKind.Secret => "secret (also `…File`, `…Variable`)",
        OptionKind.TextList => "list of texts",
        OptionKind.TextMap => "names with texts",
        OptionKind.SectionList => "list of sections",
        OptionKind.SectionMap => "sections by name",
        _ => "section",
    };

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
