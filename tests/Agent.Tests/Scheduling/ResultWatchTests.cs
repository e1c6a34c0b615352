using System.Text;
using NocMonitor.Agent.Scheduling;

namespace NocMonitor.Agent.Tests.Scheduling;

public class ResultWatchTests
{
    private readonly ResultWatch _watch = new();

    [Test]
    public void A_series_that_begins_well_waits_for_the_flush()
    {
        Assert.That(Results(0, 0, 0), Is.EqualTo(new[] { false, false, false }));
    }

    [Test]
    public void A_first_failure_and_its_confirmations_go_at_once()
    {
        Assert.That(Results(0, 1, 1, 1, 1, 1), Is.EqualTo(new[] { false, true, true, true, true, false }));
    }

    [Test]
    public void A_recovery_and_its_confirmations_go_at_once()
    {
        Results(2, 2, 2, 2, 2);

        Assert.That(Results(0, 0, 0, 0, 0), Is.EqualTo(new[] { true, true, true, true, false }));
    }

    [Test]
    public void Series_are_told_apart_by_measurement_and_tags()
    {
        Results(0);

        Assert.That(_watch.IsUrgent(@"http,server=a\ b result_code=0i"u8, 0), Is.False);
        Assert.That(_watch.IsUrgent(@"http,server=a\ c result_code=1i"u8, 1), Is.True);
    }

    private bool[] Results(params int[] codes) =>
        [.. codes.Select(code => _watch.IsUrgent(Encoding.UTF8.GetBytes($@"http,server=a\ b result_code={code}i"), code))];
}
