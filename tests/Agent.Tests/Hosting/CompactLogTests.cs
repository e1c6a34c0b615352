using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Delivery;
using NocMonitor.Agent.Hosting;
using NocMonitor.Agent.Scheduling;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Hosting;

public class CompactLogTests
{
    [Test]
    public void A_line_has_time_level_event_and_text()
    {
        using var log = new LogLines(new ManualTimeProvider());

        DeliveryLog.Serving(log.Log, "http://127.0.0.1:8490");

        Assert.That(log.Lines.Single(), Is.EqualTo("2026-01-05T08:00:00.000Z INF Serving: points go to http://127.0.0.1:8490"));
    }

    [Test]
    public void A_foreign_text_cannot_begin_a_line_of_its_own()
    {
        using var log = new LogLines(new ManualTimeProvider());

        DeliveryLog.Failing(log.Log, "x", "bad\r\n2026-01-05T08:00:00.000Z ERR Forged all is lost");

        Assert.That(log.Lines, Has.Count.EqualTo(1));
    }

    [Test]
    public void An_exception_is_its_type_and_message_on_the_same_line()
    {
        using var log = new LogLines(new ManualTimeProvider());

        SchedulingLog.ProbeFailed(log.Log, "ping", new InvalidOperationException("no\nway"));

        Assert.That(log.Lines.Single(), Does.EndWith("ERR ProbeFailed: probe ping failed: InvalidOperationException: no way"));
    }

    [Test]
    public void What_is_below_the_level_is_not_written_and_all_else_goes_to_the_mirror_too()
    {
        using var text = new StringWriter();
        using var log = new CompactLog(text, LogLevel.Warning, new ManualTimeProvider());
        var mirrored = new List<LogLevel>();
        log.Mirror = (level, _) => mirrored.Add(level);

        DeliveryLog.Serving(log, "x");
        DeliveryLog.Failing(log, "x", "y");

        Assert.That(mirrored, Is.EqualTo(new[] { LogLevel.Warning }));
        Assert.That(text.ToString(), Does.Not.Contain("Serving"));
    }
}
