using NocMonitor.TimeSeries.Rollups;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>
/// What a reader of series works with: a connection and the buffers that go with it, made when they are first needed. Kept for the next reader, as making them anew costs a short query
/// more than reading does. One reader at a time.
/// </summary>
internal sealed class ReaderParts(ReadConnection connection, Action<long> torn) : IDisposable
{
    /// <summary>More than a few columns of an hour at one sample a second is not kept.</summary>
    private const long MostKept = 1 << 14;

    private RollupReader? _rollups;
    private SummarizedReader? _summarized;

    public HourReader Hours { get; } = new(connection, torn);

    /// <summary>The rows of the current hour that lie in the range.</summary>
    public SampleBlock Cut { get; } = new();

    public RollupReader Rollups => _rollups ??= new RollupReader(connection, Hours, torn);

    public SummarizedReader Summarized => _summarized ??= new SummarizedReader(connection, Hours, torn);

    /// <summary>Ends the reader's view and forgets what it has read; false when what is left would be too much to keep.</summary>
    public bool TryClear()
    {
        Hours.Rest();
        Hours.Clear();
        Cut.Clear();
        _rollups = null;
        _summarized?.Clear();
        return Hours.Capacity + Cut.Capacity <= MostKept;
    }

    public void Dispose()
    {
        Hours.Rest();
        connection.Dispose();
    }
}
