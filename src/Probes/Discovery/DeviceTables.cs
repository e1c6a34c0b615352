using System.Net;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Discovery;

/// <summary>Tables that most devices have: interfaces (IF-MIB), own addresses (IP-MIB), and the chassis (ENTITY-MIB, RFC 6933). Used for one device.</summary>
internal sealed class DeviceTables(WalkLimits bounds)
{
    private const string Chassis = "3";
    private const string Stack = "11";

    private static readonly Oid[] Interfaces = [Oid.Parse("1.3.6.1.2.1.31.1.1.1.1"), Oid.Parse("1.3.6.1.2.1.2.2.1.2")];
    private static readonly Oid[] Addresses = [Oid.Parse("1.3.6.1.2.1.4.20.1.1")];
    private static readonly Oid[] Entities =
    [
        Oid.Parse("1.3.6.1.2.1.47.1.1.1.1.5"), Oid.Parse("1.3.6.1.2.1.47.1.1.1.1.11"), Oid.Parse("1.3.6.1.2.1.47.1.1.1.1.13"),
        Oid.Parse("1.3.6.1.2.1.47.1.1.1.1.12"), Oid.Parse("1.3.6.1.2.1.47.1.1.1.1.10"),
    ];

    public Dictionary<string, string> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>Asks for all; what one table lacks costs the others nothing. The trouble in words, empty when there was none.</summary>
    public async Task<string> AskAsync(SnmpDevice device, CancellationToken token)
    {
        var names = new TextRows(Interfaces.Length);
        var addresses = new TextRows(Addresses.Length);
        var entities = new TextRows(Entities.Length);
        var walks = new[]
        {
            await device.WalkAsync(Interfaces, names, bounds, token),
            await device.WalkAsync(Addresses, addresses, bounds, token),
            await device.WalkAsync(Entities, entities, bounds, token),
        };
        AddInterfaces(names);
        AddAddresses(addresses);
        AddChassis(entities);
        return walks.FirstOrDefault(walk => walk.Outcome is not (SnmpOutcome.Answered or SnmpOutcome.LimitReached))?.Error ?? "";
    }

    /// <summary>ifName, else ifDescr, as points name interfaces too.</summary>
    private void AddInterfaces(TextRows rows) =>
        Facts["interfaces"] = DiscoveredDevice.List(rows.All.Select(row => row[0].Length > 0 ? row[0] : row[1]).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal));

    private void AddAddresses(TextRows rows) =>
        Facts["addresses"] = DiscoveredDevice.List(rows.All.Select(row => row[0]).Where(IsOwn).Distinct(StringComparer.Ordinal));

    private static bool IsOwn(string text) => IPAddress.TryParse(text, out var address) && !IPAddress.IsLoopback(address) && !address.Equals(IPAddress.Any);

    /// <summary>The chassis, or the first of a stack: of a stack itself most say nothing.</summary>
    private void AddChassis(TextRows rows)
    {
        var chassis = rows.All.FirstOrDefault(row => row[0] == Chassis && row[1].Length > 0) ?? rows.All.FirstOrDefault(row => row[0] is Chassis or Stack);
        if (chassis is not null)
        {
            (Facts["serial"], Facts["model"], Facts["vendor"], Facts["version"]) = (chassis[1], chassis[2], chassis[3], chassis[4]);
        }
    }

    /// <summary>Cells as texts by row, in the order in which rows come first. Filled by the engine's thread during a walk, read after it.</summary>
    private sealed class TextRows(int columns) : IWalkSink
    {
        private readonly Dictionary<string, string[]> _byIndex = new(StringComparer.Ordinal);
        private readonly List<string[]> _rows = [];

        public IReadOnlyList<string[]> All => _rows;

        public void Row(int column, ReadOnlySpan<byte> index, in VarbindView value)
        {
            var key = Convert.ToHexString(index);
            if (!_byIndex.TryGetValue(key, out var row))
            {
                row = new string[columns];
                Array.Fill(row, "");
                _byIndex.Add(key, row);
                _rows.Add(row);
            }

            var kept = value.ToValue();
            row[column] = kept.IsException ? "" : kept.Type == SnmpType.OctetString ? SystemObjects.Text(kept) : kept.ToString();
        }
    }
}
