using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Tests.Snmp.Protocol.Usm;

public class UsmReportTests
{
    [TestCase("1.3.6.1.6.3.15.1.1.1.0", SnmpOpening.UnsupportedSecurityLevel)]
    [TestCase("1.3.6.1.6.3.15.1.1.2.0", SnmpOpening.NotInTimeWindow)]
    [TestCase("1.3.6.1.6.3.15.1.1.3.0", SnmpOpening.UnknownUser)]
    [TestCase("1.3.6.1.6.3.15.1.1.4.0", SnmpOpening.WrongEngine)]
    [TestCase("1.3.6.1.6.3.15.1.1.5.0", SnmpOpening.DigestRefused)]
    [TestCase("1.3.6.1.6.3.15.1.1.6.0", SnmpOpening.DecryptionRefused)]
    [TestCase("1.3.6.1.6.3.12.1.4.0", SnmpOpening.UnavailableContext)]
    [TestCase("1.3.6.1.6.3.12.1.5.0", SnmpOpening.UnknownContext)]
    [TestCase("1.3.6.1.6.3.15.1.1.4", SnmpOpening.WrongEngine, TestName = "A counter without its instance")]
    [TestCase("1.3.6.1.6.3.11.2.1.3.0", SnmpOpening.RefusedOtherwise, TestName = "Another counter")]
    public void A_report_means_what_its_counter_counts(string counter, SnmpOpening expected)
    {
        var varbinds = new VarbindWriter(new byte[100]);
        varbinds.TryAdd(Oid.Parse(counter), SnmpValue.Counter32(1));

        Assert.That(UsmReport.MeaningOf(new Pdu(PduType.Report, 1, varbinds.Written)), Is.EqualTo(expected));
    }

    [Test]
    public void A_report_without_counters_is_a_refusal() =>
        Assert.That(UsmReport.MeaningOf(new Pdu(PduType.Report, 1, [])), Is.EqualTo(SnmpOpening.RefusedOtherwise));

    [Test]
    public void Every_opening_but_an_answer_has_words() =>
        Assert.That(Enum.GetValues<SnmpOpening>().Where(opening => opening.InWords().Length == 0), Is.EqualTo(new[] { SnmpOpening.Answer }));
}
