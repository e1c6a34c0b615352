using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Simulator;

public class SnmpRecordingTests
{
    [TestCase("1.3.1|4|a|b", ExpectedResult = "617c62", TestName = "A_bar_in_a_value_belongs_to_it")]
    [TestCase("1.3.1|4x|00FFab", ExpectedResult = "00ffab", TestName = "Hex_is_decoded")]
    [TestCase("1.3.1|4x|no hex", ExpectedResult = "6e6f20686578", TestName = "Fake_hex_is_text")]
    [TestCase("1.3.1|4e|a\\nb\\x41\\\\", ExpectedResult = "610a62415c", TestName = "Escapes_are_undone")]
    [TestCase("1.3.1|4|text\r", ExpectedResult = "74657874", TestName = "A_carriage_return_ends_the_line")]
    [TestCase("1.3.1|4|", ExpectedResult = "", TestName = "Empty_text_is_a_value")]
    [TestCase("1.3.1|2|-129", ExpectedResult = "ff7f", TestName = "Integers_are_signed")]
    [TestCase("1.3.1|65|4294967295", ExpectedResult = "00ffffffff", TestName = "Counters_are_not")]
    [TestCase("1.3.1|66|-1", ExpectedResult = "00ffffffff", TestName = "A_negative_gauge_is_its_32_bits")]
    [TestCase("1.3.1|70|18446744073709551615", ExpectedResult = "00ffffffffffffffff", TestName = "Counter64_fills_nine_bytes")]
    [TestCase("1.3.1|64|10.0.0.255", ExpectedResult = "0a0000ff", TestName = "Addresses_are_four_bytes")]
    [TestCase("1.3.1|6|1.3.6.1.4.1.40000", ExpectedResult = "2b06010401" + "82b840", TestName = "Names_are_encoded")]
    public string? Content(string line) =>
        SnmpRecording.Parse(line).Objects.Select(found => Convert.ToHexStringLower(found.Content)).SingleOrDefault();

    [Test]
    public void Lines_are_sorted_by_arcs_doubled_and_meaningless_ones_dropped()
    {
        var recording = SnmpRecording.Parse("1.3.16384|2|1\n1.3.16383|2|2\r\n1.3.16384|2|3\n1.3.5|5|NULL\n\nnonsense\n1.3.x|2|4\n1.3.7|2|many\n1.3.128|2|5");

        var names = recording.Objects.Select(found => $"{OidBytes.Format(found.Name)}={found.Content[0]}");

        Assert.That(names, Is.EqualTo(new[] { "1.3.128=5", "1.3.16383=2", "1.3.16384=1" }));
        Assert.That(recording.Dropped, Is.EqualTo(5));
    }

    [Test]
    [Category("Conformance")]
    public void All_real_recordings_are_read()
    {
        foreach (var file in Directory.EnumerateFiles(Corpora.Find("snmp"), "*.snmprec"))
        {
            Assert.That(SnmpRecording.Load(file).Count, Is.GreaterThan(50), file);
        }
    }
}
