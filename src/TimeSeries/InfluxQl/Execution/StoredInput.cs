using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>A series of the store. Its tags are looked up in its key when they are asked for: most queries ask for one of many.</summary>
internal sealed class StoredInput(Series series, string measurement) : QueryInput
{
    public Series Series => series;

    public override string Measurement => measurement;

    public IEnumerable<KeyValuePair<string, string>> Tags => series.Tags;

    public override string FindTag(string name) => series.FindTag(name) ?? "";

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

    public override IEnumerable<SampleBlock> ReadNewest(ReaderPool readers, TimeRange range, int[] fields)
    {
        var reader = readers.Rent();
        try
        {
            if (reader.Newest(series, range.Min, range.Max + 1, fields) is { } newest)
            {
                yield return newest;
            }
        }
        finally
        {
            readers.Return(reader);
        }

        foreach (var block in Read(readers, range, fields, ascending: false))
        {
            yield return block;
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
