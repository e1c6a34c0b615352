using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NocMonitor.Probes.Exec;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Exec;

/// <summary>Real outputs of a large family of plugins, with the status that each came with.</summary>
[Category("Conformance")]
public partial class NagiosCorpusTests
{
    /// <summary>Outputs whose status comes from something else than a range they print; each with its reason in docs/formats/nagios-plugin.md.</summary>
    private static readonly string[] JudgedByOtherMeans =
    [
        "Optimized_connections: 3 / 5 licences",
        "responded invalid content with HTTP 404",
        "responded with HTTP 200",
        "Port port-2 is in DOWN state",
    ];

    private sealed record Case(string Output, PluginState Status, PluginOutput Parsed);

    [Test]
    public void Every_item_of_performance_data_is_read_with_its_value_and_unit()
    {
        foreach (var sample in Cases())
        {
            var bar = sample.Output.IndexOf('|', StringComparison.Ordinal);
            var expected = bar < 0 ? [] : QuotedItem().Matches(sample.Output[bar..])
                .Select(match => (match.Groups["label"].Value, Number(match.Groups["value"].Value), match.Groups["unit"].Value));

            Assert.That(sample.Parsed.Performance.Where(item => item.Value is not null).Select(item => (item.Label, item.Value!.Value, item.Unit)),
                Is.EqualTo(expected), sample.Output);
            Assert.That(sample.Parsed.Malformed, Is.Zero, sample.Output);
        }
    }

    [Test]
    public void The_worst_item_against_its_own_ranges_gives_the_status()
    {
        var judged = Cases().Where(sample => sample.Parsed.Performance.Any(item => item.HasRange)).ToList();

        var wrong = judged.Where(sample => sample.Parsed.Performance.Where(item => item.HasRange).Max(item => item.State) != sample.Status).ToList();

        Assert.That(judged, Has.Count.GreaterThan(100));
        Assert.That(wrong.Select(sample => sample.Output).Where(output => !JudgedByOtherMeans.Any(output.Contains)), Is.Empty);
    }

    [GeneratedRegex(@"'(?<label>[^']*)'=(?<value>-?[0-9.]+)(?<unit>[^\s;]*)")]
    private static partial Regex QuotedItem();

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<Case> Cases()
    {
        using var corpus = JsonDocument.Parse(File.ReadAllBytes(Corpora.Find("nagios/plugin_outputs.json")));
        foreach (var item in corpus.RootElement.EnumerateArray())
        {
            var output = item.GetProperty("output").GetString()!;
            var status = Enum.Parse<PluginState>(item.GetProperty("status").GetString()!, ignoreCase: true);
            yield return new Case(output, status, PluginOutput.Parse(output, int.MaxValue));
        }
    }
}
