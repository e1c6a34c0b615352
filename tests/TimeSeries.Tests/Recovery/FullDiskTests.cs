using System.Diagnostics;
using NocMonitor.Testing;
using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests.Recovery;

/// <summary>A real full volume: a small tmpfs, which only root can mount.</summary>
public class FullDiskTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLog _log = new();
    private readonly ManualTimeProvider _time = new();
    private string _volume = "";

    [SetUp]
    public void MountVolume()
    {
        _volume = _folder.File("volume");
        Directory.CreateDirectory(_volume);
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || Run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", _volume) != 0)
        {
            Assert.Ignore("mounting a tmpfs needs root on Linux");
        }
    }

    [TearDown]
    public void UnmountVolume()
    {
        if (Run("mountpoint", "-q", _volume) == 0)
        {
            Run("umount", _volume);
        }

        _folder.Dispose();
    }

    [Test]
    public async Task A_full_disk_refuses_batches_loses_nothing_acknowledged_and_recovers_by_itself()
    {
        var ballast = Path.Combine(_volume, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[11 << 20]);
        var acknowledged = new List<string>();
        await using (var store = Open())
        {
            await FillUntilRefusedAsync(store, acknowledged);
            Assert.That(Stored(store), Is.EqualTo(acknowledged), "while the disk is full");

            File.Delete(ballast);
            await WriteAsync(store, acknowledged);
            await WriteAsync(store, acknowledged);
            Assert.That(Stored(store), Is.EqualTo(acknowledged), "when there is room again");
        }

        await using var reopened = Open();
        Assert.That(Stored(reopened), Is.EqualTo(acknowledged));
        Assert.That(_log.Lines, Has.None.Contains("torn"));
    }

    [Test]
    public async Task A_reserve_of_free_bytes_is_left_alone()
    {
        await using var store = Open(minimumFreeBytes: 10 << 20);
        var acknowledged = new List<string>();

        var refusal = await FillUntilRefusedAsync(store, acknowledged);

        Assert.That(refusal.Message, Does.Contain("are kept in reserve"));
        Assert.That(new DriveInfo(_volume).AvailableFreeSpace, Is.GreaterThan(5 << 20));
    }

    private async Task<StoreUnavailableException> FillUntilRefusedAsync(TimeSeriesStore store, List<string> acknowledged)
    {
        while (true)
        {
            try
            {
                await WriteAsync(store, acknowledged);
                _time.Advance(TimeSpan.FromSeconds(1));
            }
            catch (StoreUnavailableException refusal)
            {
                return refusal;
            }
        }
    }

    /// <summary>One batch of 2,000 points with values that do not pack; the points count as acknowledged when the commit says so.</summary>
    private static async Task WriteAsync(TimeSeriesStore store, List<string> acknowledged)
    {
        var first = acknowledged.Count;
        var points = Enumerable.Range(first, 2000).Select(i => (Second: i - 1_000_000, Value: Math.Sin(i))).ToList();
        using var batch = store.RentBatch("test");
        var reader = new LineProtocol.LineReader(
            new LineProtocol.LineScratch(),
            System.Text.Encoding.UTF8.GetBytes(string.Concat(points.Select(point => StoreStage.At(point.Second, $"f={point.Value:R},g={point.Value / 3:R}")))));
        while (reader.Read())
        {
            Assert.That(batch.TryAdd(ref reader, StoreStage.Start, out var reject), Is.True, reject);
        }

        await store.CommitAsync(batch, CancellationToken.None);
        acknowledged.AddRange(points.Select(point => $"{point.Second} f={point.Value:R} g={point.Value / 3:R}"));
    }

    private static List<string> Stored(TimeSeriesStore store) => Samples.Of(store, store.Index.Find("m")[0]);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private TimeSeriesStore Open(long minimumFreeBytes = 0) =>
        TimeSeriesStore.Open(new StoreOptions { Folder = Path.Combine(_volume, "store"), MinimumFreeBytes = minimumFreeBytes }, _time, _log);
}
