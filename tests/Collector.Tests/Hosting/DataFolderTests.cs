using NocMonitor.Collector.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Hosting;

public class DataFolderTests
{
    [Test]
    public void A_second_collector_on_the_same_folder_is_refused_until_the_first_lets_go()
    {
        using var temporary = new TemporaryFolder();
        var first = DataFolder.Take(temporary.File("data"));

        var refused = Assert.Throws<StartupException>(() => DataFolder.Take(temporary.File("data")));
        first.Dispose();
        using var second = DataFolder.Take(temporary.File("data"));

        Assert.That(refused!.Message, Does.EndWith("is in use by another collector"));
        Assert.That(second.Path, Is.EqualTo(temporary.File("data")));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_said_in_one_line()
    {
        using var temporary = new TemporaryFolder();
        var file = temporary.Write("file", "");

        var refused = Assert.Throws<StartupException>(() => DataFolder.Take(Path.Combine(file, "data")));

        Assert.That(refused!.Message, Does.StartWith($"the data folder {file}").And.Not.Contain("\n"));
    }
}
