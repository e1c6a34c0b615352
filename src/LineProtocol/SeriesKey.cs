using System.Buffers;
using System.Text;

namespace NocMonitor.LineProtocol;

/// <summary>
/// The name of a series: measurement and tags, unescaped, tags sorted by key. Lines that name the same tags in another order have the same
/// key. Immutable; equality is by content.
/// </summary>
public sealed class SeriesKey : IEquatable<SeriesKey>
{
    private readonly KeyValuePair<string, string>[] _tags;
    private readonly string _canonical;

    /// <summary>Makes a key. Tags may come in any order; each key once.</summary>
    public SeriesKey(string measurement, IEnumerable<KeyValuePair<string, string>> tags)
    {
        Measurement = measurement;
        _tags = [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)];
        var output = new ArrayBufferWriter<byte>();
        LineWriter.WriteSeries(output, measurement, _tags);
        _canonical = Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public string Measurement { get; }

    /// <summary>Sorted by key in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags => _tags;

    /// <summary>The value of a tag; null when the series does not have it.</summary>
    public string? FindTag(string key)
    {
        foreach (var tag in _tags)
        {
            if (string.Equals(tag.Key, key, StringComparison.Ordinal))
            {
                return tag.Value;
            }
        }

        return null;
    }

    /// <summary>Reads raw bytes as <see cref="LineReader.SeriesKey"/> gives them.</summary>
    /// <exception cref="FormatException">The bytes are no measurement with tags.</exception>
    public static SeriesKey Parse(ReadOnlySpan<byte> raw)
    {
        var end = LineTokens.EndOfMeasurement(raw, 0, out _);
        var measurement = LineEscapes.Measurement(raw[..Required(end, 0)]);
        var tags = new List<KeyValuePair<string, string>>();
        while (end < raw.Length)
        {
            var key = Part(raw, ',', ref end);
            tags.Add(new(key, Part(raw, '=', ref end)));
        }

        return new SeriesKey(measurement, tags);
    }

    public bool Equals(SeriesKey? other) => other is not null && string.Equals(_canonical, other._canonical, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as SeriesKey);

    public override int GetHashCode() => _canonical.GetHashCode(StringComparison.Ordinal);

    /// <summary>The key as line protocol writes it, tags sorted.</summary>
    public override string ToString() => _canonical;

    private static string Part(ReadOnlySpan<byte> raw, char lead, ref int position)
    {
        if (position >= raw.Length || raw[position] != lead)
        {
            throw new FormatException($"'{lead}' is expected at byte {position} of a series key");
        }

        var start = position + 1;
        position = Required(LineTokens.EndOfKey(raw, start, out _), start);
        return LineEscapes.Key(raw[start..position]);
    }

    private static int Required(int end, int start) =>
        end > start ? end : throw new FormatException($"a name is expected at byte {start} of a series key");
}
