namespace NocMonitor.Agent.Tests.Delivery;

public class SpoolTests
{
    private SpoolStage _stage = null!;

    [SetUp]
    public void Build() => _stage = new SpoolStage();

    [TearDown]
    public void Clear() => _stage.Dispose();

    [Test]
    public void Lines_come_back_in_the_order_they_were_appended()
    {
        _stage.Append("a f=1 1");
        _stage.Append("b f=1 2", "c f=1 3");

        Assert.That(_stage.DeliverAll(), Is.EqualTo(new[] { "a f=1 1", "b f=1 2", "c f=1 3" }));
    }

    [Test]
    public void An_acknowledged_batch_is_gone_and_an_unacknowledged_one_comes_again()
    {
        _stage.Append("a f=1 1");
        var first = _stage.Peek();
        _stage.Spool.Acknowledge(_stage.Take());
        _stage.Append("b f=1 2");

        Assert.That(first, Is.EqualTo(new[] { "a f=1 1" }));
        Assert.That(_stage.Peek(), Is.EqualTo(new[] { "b f=1 2" }));
    }

    [Test]
    public void What_was_not_delivered_survives_a_restart_and_what_was_delivered_does_not_come_again()
    {
        _stage.Append("a f=1 1");
        _stage.Spool.Acknowledge(_stage.Take());
        _stage.Append("b f=1 2");
        _stage.Reopen();

        Assert.That(_stage.DeliverAll(), Is.EqualTo(new[] { "b f=1 2" }));
    }

    [Test]
    public void After_an_outage_the_newest_points_go_first_and_then_the_backlog_from_its_oldest_on()
    {
        for (var i = 0; i < 10; i++)
        {
            _stage.Append($"a f={i} {i}");
            var failed = _stage.Take(maxBytes: 30);
            _stage.Spool.Retain(failed);
        }

        var delivered = _stage.DeliverAll(maxBytes: 60);

        Assert.That(delivered, Has.Count.EqualTo(10));
        Assert.That(delivered[0], Is.Not.EqualTo("a f=0 0"));
        Assert.That(delivered.TakeWhile(line => line != "a f=0 0").Last(), Is.EqualTo("a f=9 9"));
    }
}
