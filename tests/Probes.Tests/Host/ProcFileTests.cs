using System.Runtime.Versioning;
using System.Text;
using NocMonitor.Probes.Host;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Host;

[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public class ProcFileTests
{
    [Test]
    public void Each_read_sees_the_text_of_its_moment()
    {
        using var folder = new TemporaryFolder();
        using var file = new ProcFile(folder.Write("stat", "first text"));
        var first = Encoding.ASCII.GetString(file.Read());
        folder.Write("stat", "second");

        var second = Encoding.ASCII.GetString(file.Read());

        Assert.That((first, second), Is.EqualTo(("first text", "second")));
    }

    [Test]
    public void A_text_longer_than_the_buffer_comes_whole()
    {
        using var folder = new TemporaryFolder();
        var text = new string('x', 100_000);
        using var file = new ProcFile(folder.Write("stat", text));

        Assert.That(Encoding.ASCII.GetString(file.Read()), Is.EqualTo(text));
    }

    [Test]
    public void A_missing_file_is_tried_again_each_time()
    {
        using var folder = new TemporaryFolder();
        using var file = new ProcFile(folder.File("stat"));
        var before = file.TryRead(out _);
        folder.Write("stat", "here");

        var after = file.TryRead(out var text);

        Assert.That((before, after, text.Length), Is.EqualTo((false, true, 4)));
    }

    [Test]
    public void A_missing_file_that_must_be_there_throws()
    {
        using var folder = new TemporaryFolder();
        using var file = new ProcFile(folder.File("stat"));

        Assert.That(() => file.Read().Length, Throws.InstanceOf<IOException>());
    }
}
