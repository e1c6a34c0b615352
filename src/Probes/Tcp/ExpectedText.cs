using System.Text;
using System.Text.RegularExpressions;

namespace NocMonitor.Probes.Tcp;

/// <summary>What an answer must contain: bytes, or a regular expression over the answer as UTF-8. Immutable.</summary>
internal sealed class ExpectedText
{
    private readonly byte[] _text = [];
    private readonly Regex? _pattern;

    private ExpectedText(byte[] text) => _text = text;

    private ExpectedText(Regex pattern) => _pattern = pattern;

    /// <summary>True when looking again costs as much as all that was read, so that it must not happen for each packet.</summary>
    public bool SearchesAll => _pattern is not null;

    public static ExpectedText Of(byte[] text) => new(text);

    /// <summary>Takes a pattern that the automaton can run in linear time; throws for any other.</summary>
    public static ExpectedText OfPattern(string pattern) => new(new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    /// <param name="answer">All that was read.</param>
    /// <param name="searched">How much of it an earlier call has seen in vain.</param>
    public bool IsIn(ReadOnlySpan<byte> answer, int searched) =>
        _pattern is null
            ? answer[Math.Max(0, searched - _text.Length + 1)..].IndexOf(_text) >= 0
            : _pattern.IsMatch(Encoding.UTF8.GetString(answer));
}
