using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Ingest;
using NocMonitor.Collector.Ingest.RemoteWrite;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Tests.Ingest.RemoteWrite;

/// <summary>A store that takes requests of remote write, and bodies of line protocol, as a write door does, without the HTTP around it.</summary>
internal sealed class SourceStage : IAsyncDisposable
{
    public const int LongestLine = 1024;
    public const int MostTags = 8;

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly IngestOptions _options;
    private readonly LineIntakePool _intakes;
    private readonly SeriesOrder _order;
    private int _ticks;

    public SourceStage(int linesPerCommit = 10_000)
    {
        Store = TimeSeriesStore.Open(new StoreOptions { Folder = _folder.Path, MaxKeyBytes = 256, MinimumFreeBytes = 0 }, new ManualTimeProvider(Start), NullLogger.Instance);
        _options = new IngestOptions
        {
            MaxBodyBytes = 1 << 20,
            MaxDecompressedBytes = 64 << 20,
            MaxRemoteWriteBytes = 16 << 20,
            MaxLines = 1_000_000,
            MaxLineBytes = LongestLine,
            MaxTags = MostTags,
            MaxFields = 16,
            MaxConcurrent = 1,
            LinesPerCommit = linesPerCommit,
            RetryAfter = TimeSpan.FromSeconds(1),
        };
        _intakes = new LineIntakePool(_options);
        _order = new SeriesOrder(Store, _options);
    }

    public TimeSeriesStore Store { get; }

    /// <summary>The request whose turn was last.</summary>
    public RemoteWriteSource Source { get; private set; } = null!;

    /// <summary>How many of its samples went by a line of their own.</summary>
    public long BytesOfLines { get; private set; }

    /// <returns>The rows that came of it, and how many samples were refused; null when the message is damaged.</returns>
    public Task<(List<string> Rows, long Rejected)?> WriteAsync(byte[] message) => TakeAsync(message.Length, intake => Source = new RemoteWriteSource(message, _order, intake, _options));

    public Task<(List<string> Rows, long Rejected)?> WriteAsync(string lines) => TakeAsync(0, intake => new LineSource(new MemoryStream(Encoding.UTF8.GetBytes(lines)), intake));

    public void Drop(string measurement) => Store.Delete([.. Store.Index.Find(measurement)], long.MinValue, long.MaxValue, drop: true);

    /// <summary>Lets the store forget what is dropped.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 3; round++)
        {
            Store.Compact();
            for (var commit = 0; commit < 3; commit++)
            {
                await WriteAsync($"tick f={_ticks++}\n");
            }
        }

        Store.Compact();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<(List<string> Rows, long Rejected)?> TakeAsync(int sent, Func<LineIntake, IPointSource> open)
    {
        var intake = _intakes.TryRent()!;
        intake.Start(TimePrecision.Milliseconds, UnixNanoseconds.From(Start));
        var source = open(intake);
        var rows = new List<string>();
        try
        {
            while (true)
            {
                using var batch = Store.RentBatch("sender");
                var step = await source.ReadAsync(batch, CancellationToken.None);
                if (step.Failure is not null)
                {
                    return null;
                }

                rows.AddRange(Describe(batch));
                await Store.CommitAsync(batch, CancellationToken.None);
                if (step.IsEnd)
                {
                    BytesOfLines = intake.Outcome.Bytes - sent;
                    return (rows, intake.Outcome.Rejected);
                }
            }
        }
        finally
        {
            _intakes.Return(intake);
        }
    }

    private static List<string> Describe(SampleBatch batch)
    {
        var rows = new List<string>();
        foreach (ref readonly var row in batch.Rows)
        {
            var values = new List<string>();
            foreach (ref readonly var value in batch.Values(row))
            {
                values.Add($"{row.Series.Fields[value.Field].Name}={value.Kind}:{value.Bits:x}");
            }

            rows.Add($"{row.Series} {string.Join(',', values)} {row.Timestamp}");
        }

        return rows;
    }
}
