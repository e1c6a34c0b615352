using System.Text;
using System.Text.Json;

namespace NocMonitor.Configuration;

/// <summary>
/// Reads JSON into <see cref="ConfigNode"/> with the place of every value. Comments and trailing commas are allowed. A syntax error
/// ends the reading of that file with one error; a key written twice is an error and the last one counts.
/// </summary>
public static class JsonConfigParser
{
    private const int DeepestNesting = 64;

    /// <param name="source">The name that errors give: a file's path.</param>
    /// <returns>The root object; an empty one when the text has a syntax error, which is then in <paramref name="errors"/>.</returns>
    public static ConfigNode Parse(string source, ReadOnlySpan<byte> utf8, ICollection<ConfigError> errors)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = DeepestNesting,
        });
        var lines = new LineIndex(source, utf8);
        try
        {
            reader.Read();
            var root = ReadValue(ref reader, lines, "", errors);
            reader.Read();
            if (root.Kind == ConfigKind.Object)
            {
                return root;
            }

            errors.Add(new ConfigError(root.Place, "", $"the file must hold a section in braces, not {root.Shape}"));
        }
        catch (JsonException exception)
        {
            var place = new ConfigPlace(source, (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1);
            errors.Add(new ConfigError(place, "", $"not valid JSON: {FirstSentence(exception.Message)}"));
        }
        catch (InvalidOperationException)
        {
            // The reader finds bytes that are no UTF-8, and half a surrogate pair, only when it makes a text of them.
            errors.Add(new ConfigError(lines.PlaceOf((int)reader.TokenStartIndex), "", "a text that is no valid Unicode"));
        }

        return ConfigNode.Empty("", new ConfigPlace(source, 1, 1));
    }

    private static ConfigNode ReadValue(ref Utf8JsonReader reader, LineIndex lines, string path, ICollection<ConfigError> errors)
    {
        var place = lines.PlaceOf((int)reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, lines, path, place, errors),
            JsonTokenType.StartArray => ReadArray(ref reader, lines, path, place, errors),
            JsonTokenType.String => ConfigNode.Scalar(ConfigKind.String, path, place, reader.GetString() ?? ""),
            JsonTokenType.Number => ConfigNode.Scalar(ConfigKind.Number, path, place, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => ConfigNode.Scalar(ConfigKind.Boolean, path, place, "true"),
            JsonTokenType.False => ConfigNode.Scalar(ConfigKind.Boolean, path, place, "false"),
            _ => ConfigNode.Scalar(ConfigKind.Null, path, place, ""),
        };
    }

    private static ConfigNode ReadObject(
        ref Utf8JsonReader reader, LineIndex lines, string path, ConfigPlace place, ICollection<ConfigError> errors)
    {
        var members = new Dictionary<string, ConfigNode>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? "";
            var keyPlace = lines.PlaceOf((int)reader.TokenStartIndex);
            var memberPath = ConfigNode.MemberPath(path, name);
            reader.Read();
            if (members.ContainsKey(name))
            {
                errors.Add(new ConfigError(keyPlace, memberPath, "this key stands twice in its section"));
            }

            members[name] = ReadValue(ref reader, lines, memberPath, errors);
        }

        return ConfigNode.Object(path, place, members);
    }

    private static ConfigNode ReadArray(
        ref Utf8JsonReader reader, LineIndex lines, string path, ConfigPlace place, ICollection<ConfigError> errors)
    {
        var items = new List<ConfigNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, lines, $"{path}[{items.Count}]", errors));
        }

        return ConfigNode.Array(path, place, items);
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    /// <summary>Turns byte offsets into line and column.</summary>
    private sealed class LineIndex
    {
        private readonly string _source;
        private readonly List<int> _starts = [0];

        public LineIndex(string source, ReadOnlySpan<byte> utf8)
        {
            _source = source;
            for (var i = 0; i < utf8.Length; i++)
            {
                if (utf8[i] == (byte)'\n')
                {
                    _starts.Add(i + 1);
                }
            }
        }

        public ConfigPlace PlaceOf(int offset)
        {
            var index = _starts.BinarySearch(offset);
            var line = index < 0 ? ~index - 1 : index;
            return new ConfigPlace(_source, line + 1, offset - _starts[line] + 1);
        }
    }
}
