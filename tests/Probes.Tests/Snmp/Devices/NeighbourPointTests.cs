using NocMonitor.LineProtocol;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Devices;

public class NeighbourPointTests
{
    [Test, CancelAfter(30_000)]
    public async Task An_LLDP_neighbour_has_its_port_by_name_its_ids_and_its_address_under_one_series(CancellationToken token)
    {
        const string remote = "1.0.8802.1.1.2.1.4.1.1";
        await using var simulator = new SnmpSimulator();
        var device = simulator.Add(SnmpRecording.Parse($"""
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1
            1.3.6.1.2.1.1.3.0|67|100
            1.3.6.1.2.1.31.1.1.1.1.7|4|Gi7
            {remote}.4.0.7.2|2|4
            {remote}.5.0.7.2|4x|414243444546
            {remote}.6.0.7.2|2|5
            {remote}.7.0.7.2|4|Eth1/3
            {remote}.9.0.7.2|4|core1
            1.0.8802.1.1.2.1.4.2.1.4.0.7.2.1.4.192.0.2.9|2|1
            """));

        var polled = await PolledDevices.PollAsync([("sw", device.EndPoint.Address.ToString(), device.EndPoint.Port, "public")], token);

        var points = polled.Of("sw").Where(point => point.Measurement == "lldp_neighbor").ToList();
        Assert.That(points.Select(point => (point.FindTag("local_port"), point.FindTag("remote"))).Distinct(), Is.EqualTo(new[] { ("Gi7", "2") }));
        Assert.That(points.Select(point => point.Timestamp).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Text(points, "remote_chassis_id"), Is.EqualTo("41:42:43:44:45:46"));
        Assert.That(Text(points, "remote_port_id"), Is.EqualTo("Eth1/3"));
        Assert.That(Text(points, "remote_name"), Is.EqualTo("core1"));
        Assert.That(Text(points, "remote_address"), Is.EqualTo("192.0.2.9"));
    }

    private static string? Text(IEnumerable<Point> points, string field) => points.Select(point => point.FindField(field)?.Text).Single(text => text is not null);
}
