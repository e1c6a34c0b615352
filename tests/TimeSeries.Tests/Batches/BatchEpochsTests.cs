using NocMonitor.TimeSeries.Batches;

namespace NocMonitor.TimeSeries.Tests.Batches;

public class BatchEpochsTests
{
    [Test]
    public void An_epoch_is_gone_with_the_last_batch_that_was_rented_before_its_end()
    {
        var epochs = new BatchEpochs();
        var (first, second) = (epochs.Enter(), epochs.Enter());
        var end = epochs.End();
        epochs.Enter();

        epochs.Leave(first);
        Assert.That(epochs.AreGone(end), Is.False);
        epochs.Leave(second);

        Assert.That(epochs.AreGone(end), Is.True);
        Assert.That(epochs.AreGone(epochs.End()), Is.False);
    }
}
