using HandlebarsDotNet;

namespace NocMonitor.Collector.Rules.Templates;

/// <summary>
/// A text for people with places for values: a Handlebars template over the tags and fields of a sample. Known to be good once the rules are loaded;
/// compiled then, or when first rendered. Immutable to its users and safe for all threads.
/// </summary>
internal sealed class RuleTemplate
{
    private const int LongestText = 4000;

    private static readonly Lock Compiling = new();
    private static readonly Lazy<IHandlebars> Engine = new(CreateEngine);

    private readonly Lazy<HandlebarsTemplate<object, object>>? _compiled;
    private readonly string _text;

    private RuleTemplate(string text, Lazy<HandlebarsTemplate<object, object>>? compiled)
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
            return new RuleTemplate(text, new Lazy<HandlebarsTemplate<object, object>>(() => Compile(text)));
        }

        try
        {
            var compiled = Compile(text);

            // A helper that does not exist only shows when it is called.
            compiled(new Dictionary<string, object>(StringComparer.Ordinal));
            return new RuleTemplate(text, new Lazy<HandlebarsTemplate<object, object>>(compiled));
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
            return Clean(_compiled is null ? _text : _compiled.Value(values));
        }
        catch (HandlebarsException)
        {
            // The trial at load could not see what this sample brought; people get the template as written rather than nothing.
            return Clean(_text);
        }
    }

    /// <summary>Rendering is safe for all threads; compiling adds to what the templates share.</summary>
    private static HandlebarsTemplate<object, object> Compile(string text)
    {
        lock (Compiling)
        {
            return Engine.Value.Compile(text);
        }
    }

    private static IHandlebars CreateEngine()
    {
        var engine = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = false });
        TemplateHelpers.Register(engine);
        return engine;
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
