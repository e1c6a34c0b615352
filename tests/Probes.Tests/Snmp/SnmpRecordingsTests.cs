using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp;

[Category("Conformance")]
public class SnmpRecordingsTests
{
    /// <summary>The largest recording takes 91; a limit that some table pressed for all others took 478.</summary>
    private const long MostRequests = 100;

    [Test, CancelAfter(120_000)]
    public async Task Every_recorded_device_is_polled_whole_with_the_shipped_profiles(CancellationToken token)
    {
        await using var simulator = new SnmpSimulator();
        var devices = Directory.GetFiles(Corpora.Find("snmp"), "*.snmprec").Order(StringComparer.Ordinal)
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file), Device: simulator.Add(SnmpRecording.Load(file)))).ToList();
        var targets = devices.Select(device => $$"""{ "Host": "{{device.Device.EndPoint.Address}}", "Port": {{simulator.Port}}, "Name": "{{device.Name}}" }""");

        var points = await ConfiguredProbe.RoundAsync("snmp", $$"""
            { "Targets": [{{string.Join(", ", targets)}}], "Credentials": { "c": { "Community": "public" } }, "ProfileFolders": ["{{Repository.Root}}/profiles"] }
            """, token);

        foreach (var own in points.All.Where(point => point.Measurement == "snmp"))
        {
            var count = points.All.Where(point => point.FindTag("host") == own.FindTag("host")).GroupBy(point => point.Measurement)
                .Select(group => $"{group.Key} {group.Count()}");
            TestContext.Out.WriteLine($"{own.FindTag("host")}: {own.FindField("profile")?.Text} {own.FindField("requests")} requests, {own.FindField("duration")} s, {string.Join(", ", count)} {own.FindField("error")?.Text} {own.FindField("table_error")?.Text} {own.FindField("warning")?.Text}");
        }

        var failed = points.All.Where(point => point.Measurement == "snmp")
            .Where(point => point.FindField("result_code")!.Value.Integer != 0 || point.FindField("tables_failed")!.Value.Integer != 0);
        Assert.That(failed.Select(point => point.FindTag("host")), Is.Empty);
        Assert.That(points.All.Count(point => point.Measurement == "snmp"), Is.EqualTo(devices.Count));
        Assert.That(points.All.Where(point => point.Measurement == "snmp").Select(point => point.FindField("requests")!.Value.Integer), Has.All.LessThanOrEqualTo(MostRequests));
    }
}
