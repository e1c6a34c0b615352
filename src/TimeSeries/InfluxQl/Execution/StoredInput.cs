using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>A series of the store.</summary>
internal sealed class StoredInput(Series series, SeriesKey key) : QueryInput
{
    public override string Measurement => key.Measurement;

    /// <summary>The name of the whole series: the order in which series of one group follow one another.</summary>
    public string Key => key.ToString();

    public IReadOnlyList<KeyValuePair<string, string>> Tags => key.Tags;

    public override string FindTag(string name) => key.FindTag(name) ?? "";

    public override (int Place, FieldKind Kind) FindField(string name)
    {
        var place = series.FindField(name);
        return place < 0 ? (-1, default) : (place, series.Fields[place].Kind);
    }

    public override IEnumerable<SampleBlock> Read(ReaderPool readers, TimeRange range, int[] fields, bool ascending)
    {
        var reader = readers.Rent();
        try
        {
            reader.Seek(series, range.Min, range.Max + 1, fields);
            while (ascending ? reader.Read() : reader.ReadBack())
            {
                yield return reader.Block;
            }
        }
        finally
        {
            readers.Return(reader);
        }
    }

    public override long NotBefore(ReaderPool readers, TimeRange range)
    {
        var reader = readers.Rent();
        try
        {
            reader.Seek(series, range.Min, range.Max + 1, []);
            return reader.NotBefore;
        }
        finally
        {
            readers.Return(reader);
        }
    }
}
