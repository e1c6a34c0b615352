using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Tests.Alerts;

public class SequenceProgressTests
{
    private SequenceProgress _progress = null!;

    [SetUp]
    public void StartAnew() => _progress = new SequenceProgress();

    [Test]
    public void Batches_in_any_order_count_when_there_is_no_gap_before_them()
    {
        _progress.Start(10);

        _progress.Note(12);
        _progress.Note(13);
        var withGap = (_progress.Whole, _progress.HasGap);
        _progress.Note(11);

        Assert.That(withGap, Is.EqualTo((10L, true)));
        Assert.That((_progress.Whole, _progress.HasGap), Is.EqualTo((13L, false)));
    }

    [Test]
    public void A_batch_noted_twice_or_long_ago_changes_nothing()
    {
        _progress.Start(10);

        _progress.Note(5);
        _progress.Note(11);
        _progress.Note(11);

        Assert.That((_progress.Whole, _progress.HasGap), Is.EqualTo((11L, false)));
    }

    [Test]
    public void A_later_start_closes_the_gaps_before_it()
    {
        _progress.Start(10);
        _progress.Note(12);
        _progress.Note(16);

        _progress.Start(15);

        Assert.That(_progress.Whole, Is.EqualTo(16));
    }
}
