using NocMonitor.Configuration;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Tcp;

/// <summary>Options of the <c>tcp</c> probe.</summary>
internal sealed record TcpOptions
{
    public required TargetOptions Targets { get; init; }

    /// <summary>Which addresses of a name are tried.</summary>
    public required IpFamily Family { get; init; }

    /// <summary>Sent after connecting; empty sends nothing.</summary>
    public required byte[] Send { get; init; }

    /// <summary>What the answer must contain; null when nothing is awaited.</summary>
    public required ExpectedText? Expect { get; init; }

    /// <summary>Bytes of the answer that are read at most.</summary>
    public required int MaxResponse { get; init; }

    public static TcpOptions Read(OptionReader options) => new()
    {
        Targets = ReadTargets(options),
        Family = options.Choice("Family", IpFamily.Any, "Which addresses of a name are tried; Any tries them in the resolver's order."),
        Send = Escaped(options, "Send", @"Text sent after connecting, as UTF-8; \r \n \t \0 \\ and \xHH (one byte) are escapes."),
        Expect = ReadExpected(options),
        MaxResponse = (int)options.Bytes("MaxResponse", 64 << 10, 1, 1 << 20,
            "How much of the answer is read while looking for the expected text."),
    };

    private static TargetOptions ReadTargets(OptionReader options)
    {
        var targets = TargetOptions.Read(options, "What to connect to: host:port, 192.0.2.1:port or [2001:db8::1]:port.", TimeSpan.FromSeconds(5));
        foreach (var target in targets.Targets.Where(target => !HostPort.TryParse(target, defaultPort: 0, out _)))
        {
            options.Fail("Targets", $"'{target}' is not host:port, 192.0.2.1:port or [2001:db8::1]:port");
        }

        return targets;
    }

    private static ExpectedText? ReadExpected(OptionReader options)
    {
        var text = Escaped(options, "Expect", "Text that the answer must contain, with the same escapes as Send.");
        var pattern = options.OptionalText("ExpectPattern",
            "Regular expression that the answer must match, instead of Expect; without back references and look-around, so that no answer can make it slow.");
        if (text.Length > 0 && pattern is not null)
        {
            options.Fail("ExpectPattern", "stands beside Expect; only one of the two can be awaited");
        }

        return pattern is not null ? CompilePattern(options, pattern) : text.Length > 0 ? ExpectedText.Of(text) : null;
    }

    private static ExpectedText? CompilePattern(OptionReader options, string pattern)
    {
        try
        {
            return ExpectedText.OfPattern(pattern);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            options.Fail("ExpectPattern", $"is not a regular expression that can be used here: {exception.Message}");
            return null;
        }
    }

    private static byte[] Escaped(OptionReader options, string name, string help)
    {
        if (EscapedText.TryParse(options.Text(name, "", help), out var bytes))
        {
            return bytes;
        }

        options.Fail(name, @"has a backslash that starts no escape; known are \r \n \t \0 \\ and \xHH");
        return [];
    }
}
