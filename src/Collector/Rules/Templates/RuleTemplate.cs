using HandlebarsDotNet;

namespace NocMonitor.Collector.Rules.Templates;

/// <summary>
/// A text for people with places for values: a Handlebars template over the tags and fields of a sample. Compiled and tried once when the
/// rules are loaded. Immutable and safe for all threads.
/// </summary>
internal sealed class RuleTemplate
{
    private const int LongestText = 4000;

    private readonly HandlebarsTemplate<object, object>? _compiled;
    private readonly string _text;

    private RuleTemplate(string text, HandlebarsTemplate<object, object>? compiled)
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

        try
        {
            var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = false });
            TemplateHelpers.Register(handlebars);
            var compiled = handlebars.Compile(text);

            // A helper that does not exist only shows when it is called.
            compiled(new Dictionary<string, object>(StringComparer.Ordinal));
            return new RuleTemplate(text, compiled);
        }
        catch (HandlebarsException exception)
        {
            error = $"not a template: {exception.Message}";
            return null;
        }
    }

    /// <summary>The text with its values, control characters replaced by blanks and cut to 4,000 characters.</summary>
    public string Render(IReadOnlyDictionary<string, object> values)
    {
        try
        {
            return Clean(_compiled is null ? _text : _compiled(values));
        }
        catch (HandlebarsException)
        {
            // The trial at load could not see what this sample brought; people get the template as written rather than nothing.
            return Clean(_text);
        }
    }

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
