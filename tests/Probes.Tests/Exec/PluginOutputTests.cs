using NocMonitor.Probes.Exec;

namespace NocMonitor.Probes.Tests.Exec;

public class PluginOutputTests
{
    [Test]
    public void One_line_splits_at_the_first_bar()
    {
        var output = PluginOutput.Parse("DISK OK - free space: / 3326 MB (56%); | '/|x'=2643MB;5948;5958;0;5968\n", 10);

        Assert.That((output.Text, output.LongText), Is.EqualTo(("DISK OK - free space: / 3326 MB (56%);", "")));
        Assert.That(output.Performance.Single().Label, Is.EqualTo("/|x"));
    }

    [Test]
    public void Long_output_and_performance_data_behind_the_second_bar_are_told_apart()
    {
        // The example of the Nagios plugin API, with carriage returns.
        var output = PluginOutput.Parse(
            "DISK OK | /=2643MB\r\n/ 15272 MB (77%);\r\n\r\n/boot 68 MB (69%);\r\n/var 819 MB (84%); | /boot=68MB;88;93;0;98\r\n/home=69357MB;253404\r\n/var/log=818MB", 10);

        Assert.That(output.Text, Is.EqualTo("DISK OK"));
        Assert.That(output.LongText, Is.EqualTo("/ 15272 MB (77%);\n\n/boot 68 MB (69%);\n/var 819 MB (84%);"));
        Assert.That(output.Performance.Select(item => item.Label), Is.EqualTo(new[] { "/", "/boot", "/home", "/var/log" }));
    }

    [Test]
    public void Items_beyond_the_limit_are_counted()
    {
        var output = PluginOutput.Parse("OK | a=1 b=2 c=3 d=x", 2);

        Assert.That((output.Performance.Count, output.Dropped, output.Malformed), Is.EqualTo((2, 1, 1)));
    }

    [TestCase("", "", "")]
    [TestCase("\n\nOK", "OK", "")]
    [TestCase("|", "", "")]
    [TestCase("|a=1", "", "")]
    [TestCase("OK\n|\n|", "OK", "")]
    public void Odd_shapes_are_fine(string text, string first, string longText)
    {
        var output = PluginOutput.Parse(text, 10);

        Assert.That((output.Text, output.LongText), Is.EqualTo((first, longText)));
    }
}
