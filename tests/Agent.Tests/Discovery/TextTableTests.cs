using NocMonitor.Agent.Discovery;

namespace NocMonitor.Agent.Tests.Discovery;

public class TextTableTests
{
    [Test]
    public void Columns_are_as_wide_as_needed_and_empty_ones_are_left_out()
    {
        Assert.That(TextTable.Render(["Address", "Name", "Ports"], [["10.0.0.1", "sw1", ""], ["10.0.0.20", "", ""]], 80), Is.EqualTo("Address    Name\n10.0.0.1   sw1\n10.0.0.20\n"));
    }

    [Test]
    public void What_does_not_fit_is_cut_from_the_widest_column()
    {
        var table = TextTable.Render(["A", "B"], [["short", new string('x', 60)]], 30);

        Assert.That(table.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(30));
        Assert.That(table, Does.Contain("short  xxx").And.Contain("x…"));
    }
}
