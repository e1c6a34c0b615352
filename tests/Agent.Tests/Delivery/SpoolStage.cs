using System.Text;
using NocMonitor.Agent.Delivery;
using NocMonitor.Agent.Settings;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Delivery;

internal sealed record SpoolStageOptions(long MaxBytes = 1 << 20, int MemoryBytes = 64 << 10);

/// <summary>A spool in a folder of its own, opened as often as a test likes.</summary>
internal sealed class SpoolStage : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log;

    public SpoolStage(SpoolStageOptions? options = null, string? folder = null)
    {
        _log = new LogLines(Time);
        Folder = folder ?? _folder.Path;
        Options = new SpoolOptions
        {
            MaxBytes = options?.MaxBytes ?? 1 << 20,
            MaxAge = TimeSpan.FromDays(1),
            MemoryBytes = options?.MemoryBytes ?? 64 << 10,
            DeadLetterBytes = 64 << 10,
        };
        Spool = Open();
    }

    public ManualTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public AgentCounters Counters { get; } = new();

    public SpoolOptions Options { get; }

    public Spool Spool { get; private set; }

    public string Folder { get; }

    public IReadOnlyList<string> Log => _log.Lines;

    public IReadOnlyList<string> Segments => [.. Directory.GetFiles(Folder, "*.seg").Order(StringComparer.Ordinal)];

    /// <summary>A spool on a copy of the files as they are now: what the next process finds when this one is killed.</summary>
    public static SpoolStage OnCopyOf(SpoolStage other)
    {
        var stage = new SpoolStage();
        stage.Spool.Dispose();
        Directory.GetFiles(stage.Folder).ToList().ForEach(File.Delete);
        foreach (var file in Directory.GetFiles(other.Folder))
        {
            File.Copy(file, Path.Combine(stage.Folder, Path.GetFileName(file)));
        }

        stage.Spool = stage.Open();
        return stage;
    }

    public void Append(params string[] lines) => Spool.Append(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), lines.Length);

    /// <summary>What the next batch holds; the batch stays unacknowledged.</summary>
    public IReadOnlyList<string> Peek(int maxBytes = 1 << 20) => Lines(Take(maxBytes));

    public SpoolBatch Take(int maxBytes = 1 << 20)
    {
        var batch = new SpoolBatch();
        Spool.Take(batch, maxBytes);
        return batch;
    }

    /// <summary>Takes and acknowledges batch after batch until all is delivered.</summary>
    public IReadOnlyList<string> DeliverAll(int maxBytes = 1 << 20)
    {
        var lines = new List<string>();
        while (Take(maxBytes) is { IsEmpty: false } batch)
        {
            lines.AddRange(Lines(batch));
            Spool.Acknowledge(batch);
        }

        return lines;
    }

    /// <summary>Closes and opens again, as a restart does.</summary>
    public void Reopen()
    {
        Spool.Dispose();
        Spool = Open();
    }

    /// <summary>Closes, lets a test harm the files, and opens again.</summary>
    public void Reopen(Action<string> harm)
    {
        Spool.Dispose();
        harm(Folder);
        Spool = Open();
    }

    public void Dispose()
    {
        Spool.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    public static IReadOnlyList<string> Lines(SpoolBatch batch) =>
        Encoding.UTF8.GetString(batch.Text.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Spool Open() => Spool.Open(Folder, Options, Time, Counters, _log.Log);
}
