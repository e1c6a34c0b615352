using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Batches;

public class SampleBatchTests
{
    private StoreStage _stage = null!;

    [SetUp]
    public void OpenStore() => _stage = new StoreStage();

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [TestCase("m,host=a f=1.5,n=2i,u=3u,b=true,s=\"ok\"", TestName = "A known line costs no allocation")]
    [TestCase("m,host=a s=\"ok\",b=true,f=1.5", TestName = "A known line with fields in another order costs no allocation")]
    [TestCase("m,host=a a\\ b=1,s=\"say \\\"hi\\\"\"", TestName = "A known line with escapes costs no allocation")]
    public void Known_lines_cost_no_allocation(string line)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"{line}\n", 10)));
        var scratch = new LineScratch();
        Add(text, scratch);
        Add(text, scratch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Add(text, scratch);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Fields_are_told_apart_by_their_unescaped_names()
    {
        using var batch = _stage.Store.RentBatch("agent1");

        _stage.Fill(batch, At(0, "a\\ b=1,c=2") + At(1, "c=3,a\\ b=4"));

        Assert.That(batch.Rows[0].Series.Fields.Select(field => field.Name), Is.EqualTo(["a b", "c"]));
        Assert.That(Values(batch, 1), Is.EqualTo(["1=3", "0=4"]));
    }

    [Test]
    public void A_refused_line_leaves_nothing_in_the_batch_or_the_index()
    {
        using var batch = _stage.Store.RentBatch("agent1");
        _stage.Fill(batch, At(0, "f=1"));

        var rejects = _stage.Fill(batch, At(1, "new=1,f=1i") + At(1, "other=2,f=true", "m,host=b") + At(2, "f=2"));

        Assert.That(rejects, Has.Count.EqualTo(2));
        Assert.That(batch.Rows.ToArray().Select(row => row.Timestamp), Is.EqualTo([Start, Start + 2_000_000_000]));
        Assert.That(_stage.Store.Index.Fields("m").Select(field => field.Name), Is.EqualTo(["f"]));
        Assert.That(_stage.Store.Index.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_point_without_a_time_gets_that_of_its_receipt()
    {
        await _stage.WriteAsync("m f=1");

        Assert.That(_stage.Read("m"), Is.EqualTo(["0 f=1"]));
    }

    [Test]
    public async Task A_batch_is_committed_once()
    {
        using var batch = _stage.Store.RentBatch("agent1");
        _stage.Fill(batch, At(0, "f=1"));
        await _stage.Store.CommitAsync(batch, CancellationToken.None);

        Assert.That(async () => await _stage.Store.CommitAsync(batch, CancellationToken.None), Throws.InvalidOperationException);
    }

    [Test]
    public async Task An_empty_batch_commits_as_nothing()
    {
        using var batch = _stage.Store.RentBatch("agent1");

        await _stage.Store.CommitAsync(batch, CancellationToken.None);

        Assert.That((batch.Sequence, _stage.Store.LastSequence), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public async Task Series_that_many_threads_bring_at_once_are_made_once()
    {
        var lines = string.Concat(Enumerable.Range(0, 200).Select(i => At(0, $"f{i % 7}=1", $"m,id={i % 50}")));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _stage.WriteAsync(lines))));

        Assert.That(_stage.Store.Index.Count, Is.EqualTo(50));
        Assert.That(_stage.Store.Index.Fields("m"), Has.Count.EqualTo(7));
        Assert.That(_stage.Store.Index.Find("m").Select(series => series.Id), Is.EqualTo(Enumerable.Range(0, 50)));
    }

    private static IEnumerable<string> Values(SampleBatch batch, int row) =>
        batch.Values(batch.Rows[row]).ToArray().Select(value => $"{value.Field}={batch.Value(value)}");

    private void Add(byte[] text, LineScratch scratch)
    {
        using var batch = _stage.Store.RentBatch("agent1");
        var reader = new LineReader(scratch, text);
        while (reader.Read())
        {
            if (!reader.IsGood || !batch.TryAdd(ref reader, Start, out _))
            {
                throw new InvalidOperationException("the line was refused");
            }
        }
    }
}
