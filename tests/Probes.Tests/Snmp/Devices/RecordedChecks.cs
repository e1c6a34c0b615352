using System.Text.Json;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Devices;

/// <summary>One expected value of <c>snmp/checks.json</c>; its README says what it means.</summary>
internal sealed record RecordedCheck(string Device, string Kind, string Oid, JsonElement Body)
{
    public string Text(string name) => Body.TryGetProperty(name, out var value) ? value.ToString() : "";

    public double Number(string name) => Body.GetProperty(name).GetDouble();

    public override string ToString() => $"{Device} {Kind} {Oid} {Text("ifName")}{Text("descr")} {Text("field")}".TrimEnd();
}

/// <summary>The recordings and what is expected of them.</summary>
internal static class RecordedChecks
{
    public static string Folder => Corpora.Find("snmp");

    public static IReadOnlyList<string> Devices =>
        [.. Directory.EnumerateFiles(Folder, "*.snmprec").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static string FileOf(string device) => Path.Combine(Folder, $"{device}.snmprec");

    public static IReadOnlyList<RecordedCheck> Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "checks.json")));
        return [.. document.RootElement.EnumerateObject().SelectMany(device => device.Value.GetProperty("checks").EnumerateArray()
            .Select(check => new RecordedCheck(device.Name, check.GetProperty("kind").GetString()!, check.GetProperty("oid").GetString()!, check.Clone())))];
    }
}
