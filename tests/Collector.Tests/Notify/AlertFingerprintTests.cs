using NocMonitor.Collector.Notify;

namespace NocMonitor.Collector.Tests.Notify;

public class AlertFingerprintTests
{
    /// <summary>The empty set's signature is FNV-1a's offset basis; the other was worked out by hand from the published algorithm.</summary>
    [Test]
    public void It_is_fnv_1a_of_the_sorted_labels()
    {
        Assert.That(AlertFingerprint.Of([]), Is.EqualTo("cbf29ce484222325"));
        Assert.That(AlertFingerprint.Of([new("b", "2"), new("a", "1")]), Is.EqualTo(AlertFingerprint.Of([new("a", "1"), new("b", "2")])));
        Assert.That(AlertFingerprint.Of([new("a", "1b"), new("c", "")]), Is.Not.EqualTo(AlertFingerprint.Of([new("a", "1"), new("bc", "")])));
    }

    [Test]
    public void The_severity_does_not_count() =>
        Assert.That(AlertFingerprint.Of([new("a", "1"), new("severity", "warning")]), Is.EqualTo(AlertFingerprint.Of([new("a", "1")])));
}
