namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// The fields of a series in the order they first came. Immutable and shared by all series of a measurement that met the same fields in the
/// same order; a series that meets a new field moves to a longer layout, so an index into it never changes its meaning.
/// </summary>
internal sealed class FieldLayout(int id, Measurement measurement, SeriesField[] fields)
{
    public Measurement Measurement { get; } = measurement;

    public int Id { get; } = id;

    public SeriesField[] Fields { get; } = fields;

    /// <summary>Words of the bitmap that says which fields a row carries.</summary>
    public int PresenceWords { get; } = (fields.Length + 63) >> 6;

    /// <summary>64-bit words of a head row: time, presence, one value a field.</summary>
    public int Stride { get; } = 1 + ((fields.Length + 63) >> 6) + fields.Length;

    public int Find(ReadOnlySpan<byte> utf8Name)
    {
        for (var i = 0; i < Fields.Length; i++)
        {
            if (utf8Name.SequenceEqual(Fields[i].Utf8Name))
            {
                return i;
            }
        }

        return -1;
    }
}
