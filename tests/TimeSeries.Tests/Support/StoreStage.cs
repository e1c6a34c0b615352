using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.TimeSeries.Tests.Support;

/// <summary>A store in a temporary folder under a clock that stands still at 2026-01-05 08:00 UTC unless moved; it can be closed and opened again.</summary>
internal sealed class StoreStage : IAsyncDisposable
{
    public static readonly long Start = UnixNanoseconds.From(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    private readonly TemporaryFolder _folder = new();
    private readonly Func<StoreOptions, StoreOptions> _adapt;

    public StoreStage(Func<StoreOptions, StoreOptions>? adapt = null)
    {
        _adapt = adapt ?? (options => options);
        Store = Open();
    }

    public ManualTimeProvider Time { get; } = new();

    public RecordingLog Log { get; } = new();

    public string Folder => _folder.Path;

    public TimeSeriesStore Store { get; private set; }

    /// <summary>Writes lines as one batch; gives the reasons of those that were refused.</summary>
    public async Task<List<string>> WriteAsync(string lines, string origin = "agent1")
    {
        using var batch = Store.RentBatch(origin);
        var rejects = Fill(batch, lines);
        await Store.CommitAsync(batch, CancellationToken.None);
        return rejects;
    }

    public List<string> Fill(SampleBatch batch, string lines)
    {
        var rejects = new List<string>();
        var reader = new LineReader(new LineScratch(), Encoding.UTF8.GetBytes(lines));
        while (reader.Read())
        {
            Assert.That(reader.IsGood, Is.True, () => lines);
            if (!batch.TryAdd(ref reader, UnixNanoseconds.From(Time.GetUtcNow()), out var reject))
            {
                rejects.Add(reject);
            }
        }

        return rejects;
    }

    /// <summary>All samples of a series as text, one row a line: seconds since the start, then the fields by name.</summary>
    public List<string> Read(string measurement, params TagMatcher[] matchers) =>
        [.. Store.Index.Find(measurement, matchers).SelectMany(series => Samples.Of(Store, series))];

    /// <summary>One line of line protocol, seconds after the start.</summary>
    public static string At(double seconds, string fields, string key = "m") =>
        $"{key} {fields} {Start + (long)(seconds * 1_000_000_000)}\n";

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = Open();
    }

    /// <summary>Closes the store, lets something happen to its files, and opens it again.</summary>
    public async Task ReopenAfterAsync(Action<string> harm)
    {
        await Store.DisposeAsync();
        harm(Folder);
        Store = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    private TimeSeriesStore Open() => TimeSeriesStore.Open(_adapt(new StoreOptions { Folder = _folder.Path, MinimumFreeBytes = 0 }), Time, Log);
}
