using NocMonitor.Configuration;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Dns;

/// <summary>What a right answer is. Immutable.</summary>
internal sealed record DnsExpectation(DnsRcode Rcode, IReadOnlyList<string> Answers, bool Exactly)
{
    private const int LongestQuote = 200;

    public static DnsExpectation Read(OptionReader options) => new(
        options.Choice("ExpectRcode", DnsRcode.NoError, "The response code that is right: NXDomain for a name that must not exist."),
        [.. options.Texts("Expect", [], "Answers that must be there, each as a zone file writes it: 192.0.2.1, 10 mail.example.com.").Select(Plain)],
        options.Flag("ExpectExactly", false, "Whether other answers than the expected ones are wrong."));

    public AttemptOutcome Judge(DnsResponse response, DnsRecordType type)
    {
        if (response.Rcode != Rcode)
        {
            return Wrong(Rcode == DnsRcode.NoError ? $"the server says {response.Rcode}" : $"the server says {response.Rcode} instead of {Rcode}");
        }

        if (response.Answers.Count == 0 && Rcode == DnsRcode.NoError)
        {
            return Wrong($"there is no {type} record");
        }

        var answers = response.Answers.Select(Plain).ToArray();
        var missing = Answers.FirstOrDefault(expected => !answers.Contains(expected, StringComparer.OrdinalIgnoreCase));
        var surplus = Exactly ? answers.FirstOrDefault(answer => !Answers.Contains(answer, StringComparer.OrdinalIgnoreCase)) : null;
        return missing is not null ? Wrong($"the answer lacks {missing}; it is {Quote(response.Answers)}")
            : surplus is not null ? Wrong($"the answer holds {Cut(surplus)}, which is not expected")
            : AttemptOutcome.Success;
    }

    // "example.com." and "example.com" are one name.
    private static string Plain(string answer) => answer.Length > 1 && answer.EndsWith('.') ? answer[..^1] : answer;

    private static string Quote(IReadOnlyList<string> answers) => Cut(string.Join(", ", answers.Order(StringComparer.Ordinal)));

    private static string Cut(string text) => text.Length <= LongestQuote ? text : $"{text.AsSpan(0, LongestQuote)}...";

    private static AttemptOutcome Wrong(string reason) => AttemptOutcome.Failed(ResultCode.Mismatch, reason);
}
