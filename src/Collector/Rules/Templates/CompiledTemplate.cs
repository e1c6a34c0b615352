using HandlebarsDotNet;

namespace NocMonitor.Collector.Rules.Templates;

/// <summary>
/// A template as Handlebars compiled it. The only type of the rules that names Handlebars in its fields: the library is loaded with the first template that
/// needs it. Safe for all threads.
/// </summary>
internal sealed class CompiledTemplate
{
    private static readonly Lock Compiling = new();
    private static readonly IHandlebars Engine = CreateEngine();

    private readonly HandlebarsTemplate<object, object> _template;

    private CompiledTemplate(HandlebarsTemplate<object, object> template) => _template = template;

    /// <summary>Compiles a text that is known to be a template.</summary>
    /// <exception cref="HandlebarsException">It is none.</exception>
    public static CompiledTemplate Create(string text)
    {
        // Rendering is safe for all threads; compiling adds to what the templates share.
        lock (Compiling)
        {
            return new CompiledTemplate(Engine.Compile(text));
        }
    }

    /// <summary>Compiles a text and tries it on nothing; null with a reason in words when it is no template.</summary>
    public static CompiledTemplate? TryCreate(string text, out string reason)
    {
        reason = "";
        try
        {
            var compiled = Create(text);

            // A helper that does not exist only shows when it is called.
            compiled._template(new Dictionary<string, object>(StringComparer.Ordinal));
            return compiled;
        }
        catch (HandlebarsException exception)
        {
            // Behind the first line the library gives the place once more in words of its own.
            reason = exception.Message.Split('\r', '\n')[0];
            return null;
        }
    }

    /// <summary>The text with its values; null when these values cannot be shown by it.</summary>
    public string? Render(IReadOnlyDictionary<string, object> values)
    {
        try
        {
            return _template(values);
        }
        catch (HandlebarsException)
        {
            return null;
        }
    }

    private static IHandlebars CreateEngine()
    {
        var engine = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = false });
        TemplateHelpers.Register(engine);
        return engine;
    }
}
