using System.Text;
using NocMonitor.Probes.Host;

namespace NocMonitor.Probes.Tests.Host;

public class TextCursorTests
{
    [TestCase("a\nb\n", "a|b")]
    [TestCase("a\nb", "a", TestName = "An_unfinished_last_line_is_not_given_out")]
    [TestCase("\n\n", "|")]
    [TestCase("", "")]
    public void Lines_end_at_their_line_feed(string text, string expected)
    {
        var cursor = new TextCursor(Encoding.ASCII.GetBytes(text));
        var lines = new List<string>();

        while (cursor.TryLine(out var line))
        {
            lines.Add(Encoding.ASCII.GetString(line));
        }

        Assert.That(string.Join('|', lines), Is.EqualTo(expected));
    }

    [TestCase("12", 12ul)]
    [TestCase("  \t7 ", 7ul)]
    [TestCase("18446744073709551615", ulong.MaxValue)]
    [TestCase("18446744073709551616", null)]
    [TestCase("-1", null)]
    [TestCase("1x", null)]
    [TestCase("", null)]
    public void A_number_is_a_whole_word_of_digits(string text, ulong? expected)
    {
        var cursor = new TextCursor(Encoding.ASCII.GetBytes(text));

        var good = cursor.TryNumber(out var value);

        Assert.That(good ? value : (ulong?)null, Is.EqualTo(expected));
    }
}
