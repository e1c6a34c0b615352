namespace NocMonitor.LineProtocol;

/// <summary>
/// A measurement with tags, fields and a time, as a probe builds it: <c>new Point("ping").Tag("host", name).Field("result_code", 0)</c>.
/// One owner at a time; a sink that takes a point owns it from then on.
/// </summary>
public sealed class Point(string measurement)
{
    private readonly List<KeyValuePair<string, string>> _tags = [];
    private readonly List<KeyValuePair<string, FieldValue>> _fields = [];

    public string Measurement { get; private set; } = measurement;

    /// <summary>Tags in the order they were set, each key once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags => _tags;

    /// <summary>Fields in the order they were set, each key once.</summary>
    public IReadOnlyList<KeyValuePair<string, FieldValue>> Fields => _fields;

    /// <summary>Nanoseconds since 1970-01-01 UTC; null when the receiver's clock is to give it.</summary>
    public long? Timestamp { get; set; }

    /// <summary>Sets a tag, the last value wins. An empty value sets nothing: line protocol has no empty tags.</summary>
    public Point Tag(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Set(_tags, key, value);
        }

        return this;
    }

    public Point Field(string key, double value) => Field(key, FieldValue.Of(value));

    public Point Field(string key, long value) => Field(key, FieldValue.Of(value));

    public Point Field(string key, ulong value) => Field(key, FieldValue.Of(value));

    public Point Field(string key, bool value) => Field(key, FieldValue.Of(value));

    public Point Field(string key, string value) => Field(key, FieldValue.Of(value));

    /// <summary>Sets a field, the last value wins. A float that is not finite sets nothing: line protocol cannot carry it.</summary>
    public Point Field(string key, FieldValue value)
    {
        if (value.Kind != FieldKind.Float || double.IsFinite(value.Float))
        {
            Set(_fields, key, value);
        }

        return this;
    }

    /// <summary>Empties the point for another one, keeping its memory: for who makes many and still owns this one.</summary>
    public Point Restart(string measurement)
    {
        Measurement = measurement;
        _tags.Clear();
        _fields.Clear();
        Timestamp = null;
        return this;
    }

    /// <summary>Another point that says the same.</summary>
    public Point Copy()
    {
        var copy = new Point(Measurement) { Timestamp = Timestamp };
        copy._tags.AddRange(_tags);
        copy._fields.AddRange(_fields);
        return copy;
    }

    /// <summary>Adds a field of which the caller knows that the point does not have it yet: what a wide row would spend most of its time on finding out.</summary>
    public Point NewField(string key, FieldValue value)
    {
        if (value.Kind != FieldKind.Float || double.IsFinite(value.Float))
        {
            _fields.Add(KeyValuePair.Create(key, value));
        }

        return this;
    }

    /// <summary>Sets the time of the point.</summary>
    public Point At(DateTimeOffset time)
    {
        Timestamp = UnixNanoseconds.From(time);
        return this;
    }

    public string? FindTag(string key) => Find(_tags, key) is { } index and >= 0 ? _tags[index].Value : null;

    public FieldValue? FindField(string key) => Find(_fields, key) is { } index and >= 0 ? _fields[index].Value : null;

    /// <summary>The point as one line of line protocol, without a line end.</summary>
    public override string ToString() => LineWriter.ToText(this);

    private static int Find<T>(List<KeyValuePair<string, T>> list, string key) =>
        list.FindIndex(pair => string.Equals(pair.Key, key, StringComparison.Ordinal));

    private static void Set<T>(List<KeyValuePair<string, T>> list, string key, T value)
    {
        var pair = KeyValuePair.Create(key, value);
        if (Find(list, key) is var index and >= 0)
        {
            list[index] = pair;
        }
        else
        {
            list.Add(pair);
        }
    }
}
