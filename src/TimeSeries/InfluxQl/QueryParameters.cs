using System.Globalization;
using System.Text.Json;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>
/// Values for <c>$name</c>: a JSON object whose members are numbers, texts, booleans, or objects that say what a text stands for, such as
/// <c>{"regex": "^a"}</c>, <c>{"duration": "5m"}</c> and <c>{"identifier": "host"}</c>. Immutable.
/// </summary>
public sealed class QueryParameters
{
    private readonly Dictionary<string, (TokenKind Kind, string Text)> _values;

    private QueryParameters(Dictionary<string, (TokenKind Kind, string Text)> values) => _values = values;

    public static QueryParameters None { get; } = new([]);

    /// <exception cref="QuerySyntaxException">The text is no JSON object, or a member cannot be a parameter.</exception>
    public static QueryParameters Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new QuerySyntaxException("error parsing query parameters: a JSON object is expected");
            }

            var values = new Dictionary<string, (TokenKind, string)>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                values[member.Name] = Value(member.Name, member.Value);
            }

            return new QueryParameters(values);
        }
        catch (JsonException exception)
        {
            throw new QuerySyntaxException($"error parsing query parameters: {exception.Message}");
        }
    }

    internal bool TryFind(string name, out TokenKind kind, out string text)
    {
        var found = _values.TryGetValue(name, out var value);
        (kind, text) = value;
        return found;
    }

    private static (TokenKind, string) Value(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => (TokenKind.Text, value.GetString()!),
        JsonValueKind.True => (TokenKind.True, ""),
        JsonValueKind.False => (TokenKind.False, ""),
        JsonValueKind.Number => Number(value),
        JsonValueKind.Object when value.GetPropertyCount() == 1 => Typed(name, value.EnumerateObject().First()),
        _ => throw new QuerySyntaxException($"error parsing query parameters: unable to bind parameter {name}"),
    };

    private static (TokenKind, string) Number(JsonElement value) => value.TryGetInt64(out var integer)
        ? (TokenKind.Integer, integer.ToString(CultureInfo.InvariantCulture))
        : (TokenKind.Number, value.GetDouble().ToString("R", CultureInfo.InvariantCulture));

    private static (TokenKind, string) Typed(string name, JsonProperty member) => (member.Name, member.Value.ValueKind) switch
    {
        ("regex", JsonValueKind.String) => (TokenKind.Regex, member.Value.GetString()!),
        ("duration", JsonValueKind.String) => (TokenKind.Duration, member.Value.GetString()!),
        ("duration", JsonValueKind.Number) => (TokenKind.Duration, $"{member.Value.GetInt64()}ns"),
        ("identifier", JsonValueKind.String) => (TokenKind.Identifier, member.Value.GetString()!),
        ("string", JsonValueKind.String) => (TokenKind.Text, member.Value.GetString()!),
        ("float" or "number", JsonValueKind.Number) => (TokenKind.Number, member.Value.GetDouble().ToString("R", CultureInfo.InvariantCulture)),
        ("integer", JsonValueKind.Number) => Number(member.Value),
        ("boolean", JsonValueKind.True) => (TokenKind.True, ""),
        ("boolean", JsonValueKind.False) => (TokenKind.False, ""),
        _ => throw new QuerySyntaxException($"error parsing query parameters: unable to bind parameter {name}"),
    };
}
