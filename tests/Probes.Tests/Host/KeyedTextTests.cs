using System.Text;
using NocMonitor.Probes.Host;

namespace NocMonitor.Probes.Tests.Host;

public class KeyedTextTests
{
    [TestCase("a 1\nb 2\n", 2ul)]
    [TestCase("b 2\n", 2ul)]
    [TestCase("b\t2 3 4\n", 2ul)]
    [TestCase("ab 1\nbb 3\nb 2\n", 2ul, TestName = "A_key_is_a_whole_word_at_the_start_of_a_line")]
    [TestCase("b 2", null, TestName = "A_number_at_the_very_end_may_be_cut_and_does_not_count")]
    [TestCase("b x\n", null)]
    [TestCase("b", null)]
    [TestCase("", null)]
    public void The_number_of_a_key(string text, ulong? expected)
    {
        var found = KeyedText.TryFind(Encoding.ASCII.GetBytes(text), "b"u8, out var value);

        Assert.That(found ? value : (ulong?)null, Is.EqualTo(expected));
    }
}
