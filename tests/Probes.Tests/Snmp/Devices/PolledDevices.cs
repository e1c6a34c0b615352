using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Devices;

/// <summary>What one round of the real <c>snmp</c> probe with the shipped profiles made of some devices.</summary>
internal sealed class PolledDevices
{
    private readonly ILookup<string, Point> _byHost;
    private readonly Dictionary<(string Host, string Oid), Point> _byObject = [];
    private readonly Dictionary<(string Host, long Index), Point> _interfaces = [];

    private PolledDevices(IReadOnlyList<Point> points)
    {
        _byHost = points.ToLookup(point => point.FindTag("host") ?? "");
        foreach (var point in points)
        {
            var host = point.FindTag("host") ?? "";
            if (point.FindField("oid") is { } oid)
            {
                _byObject.TryAdd((host, oid.Text), point);
            }

            if (point.Measurement == "interface" && point.FindField("ifIndex") is { } index)
            {
                _interfaces[(host, index.Integer)] = point;
            }
        }
    }

    public IEnumerable<Point> Of(string host) => _byHost[host];

    public Point? ByObject(string host, string oid) => _byObject.GetValueOrDefault((host, oid));

    public Point? Interface(string host, long index) => _interfaces.GetValueOrDefault((host, index));

    /// <param name="devices">Name, address and port.</param>
    /// <param name="more">Further options of the probe, a comma before them.</param>
    public static async Task<PolledDevices> PollAsync(IEnumerable<(string Name, string Host, int Port, string Community)> devices, CancellationToken token, string more = "")
    {
        await using var context = ConfiguredProbe.Context();
        var probe = ConfiguredProbe.Create("snmp", Options([.. devices], more), context);
        var points = new RecordedPoints();
        await probe.ProbeAsync(points, token);
        if (probe is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        return new PolledDevices(points.All);
    }

    public static string Options(IReadOnlyList<(string Name, string Host, int Port, string Community)> devices, string more = "")
    {
        var communities = devices.Select(device => device.Community).Distinct().ToList();
        var credentials = string.Join(", ", communities.Select((community, i) => $$"""
            "c{{i}}": { "Community": "{{community}}" }
            """));
        var targets = string.Join(",\n", devices.Select(device => $$"""
            { "Name": "{{device.Name}}", "Host": "{{device.Host}}", "Port": {{device.Port}}, "Credentials": "c{{communities.IndexOf(device.Community)}}" }
            """));
        return $$"""
            { "Credentials": { {{credentials}} }, "Targets": [ {{targets}} ], "ProfileFolders": [ "{{Repository.Locate("profiles")}}" ]{{more}} }
            """;
    }
}
