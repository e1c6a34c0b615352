namespace NocMonitor.LineProtocol;

/// <summary>Copies of what the reader stands at, for callers that keep it.</summary>
public ref partial struct LineReader
{
    public readonly string KeyOf(in ParsedField field) => LineEscapes.Key(RawKey(field));

    public readonly FieldValue ValueOf(in ParsedField field) => field.Kind == FieldKind.String
        ? FieldValue.Of(LineEscapes.Text(RawText(field)))
        : FieldValue.FromBits(field.Kind, field.Bits);

    /// <summary>The whole line as a point.</summary>
    public readonly Point ToPoint()
    {
        var point = new Point(LineEscapes.Measurement(RawMeasurement)) { Timestamp = Timestamp };
        for (var i = 0; i < TagCount; i++)
        {
            point.Tag(LineEscapes.Key(RawTagKey(i)), LineEscapes.Key(RawTagValue(i)));
        }

        foreach (ref readonly var field in Fields)
        {
            point.Field(KeyOf(field), ValueOf(field));
        }

        return point;
    }
}
