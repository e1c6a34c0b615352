namespace NocMonitor.Collector.Rules.Templates;

/// <summary>
/// A text for people with places for values: a Handlebars template over the tags and fields of a sample. Known to be good once the rules are loaded;
/// compiled then, or when first rendered. Immutable to its users and safe for all threads.
/// </summary>
internal sealed class RuleTemplate
{
    private const int LongestText = 4000;

    private readonly Lazy<CompiledTemplate>? _compiled;
    private readonly string _text;

    private RuleTemplate(string text, Lazy<CompiledTemplate>? compiled)
    {
        _text = text;
        _compiled = compiled;
    }

    /// <summary>Compiles a template; null after an error in words.</summary>
    public static RuleTemplate? Compile(string text, out string? error)
    {
        error = null;
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return new RuleTemplate(text, null);
        }

        if (PlainTemplate.IsGood(text))
        {
            return new RuleTemplate(text, new Lazy<CompiledTemplate>(() => CompiledTemplate.Create(text)));
        }

        var compiled = CompiledTemplate.TryCreate(text, out var reason);
        error = compiled is null ? $"not a template: {reason}" : null;
        return compiled is null ? null : new RuleTemplate(text, new Lazy<CompiledTemplate>(compiled));
    }

    /// <summary>The text with its values, control characters replaced by blanks and cut to 4,000 characters.</summary>
    /// <remarks>The trial at load could not see what a sample brings; where that fails, people get the template as written rather than nothing.</remarks>
    public string Render(IReadOnlyDictionary<string, object> values) => Clean(_compiled?.Value.Render(values) ?? _text);

    private static string Clean(string text)
    {
        if (text.Length > LongestText)
        {
            text = text[..LongestText];
        }

        return text.Any(IsUnwanted)
            ? string.Create(text.Length, text, static (output, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    output[i] = IsUnwanted(source[i]) ? ' ' : source[i];
                }
            })
            : text;
    }

    private static bool IsUnwanted(char letter) => char.IsControl(letter) && letter != '\n';
}
