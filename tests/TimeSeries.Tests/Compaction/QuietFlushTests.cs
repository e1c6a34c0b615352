using System.Globalization;
using System.Text;
using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Compaction;

public class QuietFlushTests
{
    private const int Series = 1500;

    private static readonly string ManyFields = string.Join(',', Enumerable.Range(0, 100).Select(field => $"f{field}=1i"));

    private StoreStage _stage = null!;

    [SetUp]
    public void Open() => _stage = new StoreStage();

    [TearDown]
    public async Task CloseAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task Many_heads_of_one_row_go_to_the_files_when_it_is_quiet_and_read_as_before()
    {
        await WriteAsync(second: 1);
        var before = _stage.Read("m");

        _stage.Store.ReleaseIdle();

        Assert.That(HeadsLeft(), Is.Zero);
        Assert.That(_stage.Read("m"), Has.Count.EqualTo(Series).And.EqualTo(before));
    }

    [Test]
    public async Task Heads_of_many_rows_stay_while_the_others_go()
    {
        await WriteAsync(second: 1);
        await _stage.WriteAsync(string.Concat(Enumerable.Range(0, 9).Select(second => At(second, "f0=1i", "m,host=long"))));

        _stage.Store.ReleaseIdle();

        Assert.That(HeadsLeft(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_few_heads_stay_in_memory()
    {
        await _stage.WriteAsync(At(1, "f=1"));

        _stage.Store.ReleaseIdle();

        Assert.That(HeadsLeft(), Is.EqualTo(1));
    }

    [Test]
    public async Task It_is_done_once_a_sweep()
    {
        await WriteAsync(second: 1);
        _stage.Store.ReleaseIdle();
        await WriteAsync(second: 2);

        _stage.Store.ReleaseIdle();
        var afterSecond = HeadsLeft();
        _stage.Time.Advance(TimeSpan.FromMinutes(15));
        _stage.Store.ReleaseIdle();

        Assert.That(afterSecond, Is.EqualTo(Series));
        Assert.That(HeadsLeft(), Is.Zero);
    }

    [Test]
    public async Task What_went_to_the_files_is_there_after_a_restart()
    {
        await WriteAsync(second: 1);
        _stage.Store.ReleaseIdle();
        await _stage.WriteAsync(At(2, "f0=2i", "m,host=h0"));
        var before = _stage.Read("m");

        await _stage.ReopenAsync();

        Assert.That(_stage.Read("m"), Has.Count.EqualTo(Series + 1).And.EqualTo(before));
    }

    private async Task WriteAsync(int second)
    {
        var lines = new StringBuilder();
        for (var host = 0; host < Series; host++)
        {
            lines.Append(At(second, ManyFields, string.Create(CultureInfo.InvariantCulture, $"m,host=h{host}")));
        }

        Assert.That(await _stage.WriteAsync(lines.ToString()), Is.Empty);
    }

    private int HeadsLeft() => _stage.Store.Index.Find("m").Count(series => series.Head.Count > 0);
}
