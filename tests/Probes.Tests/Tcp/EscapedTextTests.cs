using NocMonitor.Probes.Tcp;

namespace NocMonitor.Probes.Tests.Tcp;

public class EscapedTextTests
{
    [TestCase("", "")]
    [TestCase("PING", "50494E47")]
    [TestCase(@"a\r\n\t\0\\b", "610D0A09005C62")]
    [TestCase(@"\xff\x00é", "FF00C3A9")]
    public void Escapes_become_their_bytes(string text, string hex)
    {
        Assert.That(EscapedText.TryParse(text, out var bytes), Is.True);

        Assert.That(Convert.ToHexString(bytes), Is.EqualTo(hex));
    }

    [TestCase(@"\")]
    [TestCase(@"\x")]
    [TestCase(@"\x1")]
    [TestCase(@"\xg0")]
    [TestCase(@"ok\q")]
    public void Anything_else_behind_a_backslash_is_refused(string text) => Assert.That(EscapedText.TryParse(text, out _), Is.False);
}
