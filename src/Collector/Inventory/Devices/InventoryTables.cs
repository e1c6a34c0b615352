using System.Text.Json;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Inventory.Proposals;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>The rows of the inventory inside one transaction. Times are Unix milliseconds UTC.</summary>
internal sealed class InventoryTables(Statements statements)
{
    public List<AcceptedDevice> Devices() => statements.Read("SELECT name, facts, accepted_at, accepted_by FROM inventory_devices ORDER BY name", row =>
        new AcceptedDevice(new Device(row.GetString(0), Facts(row.GetString(1))), Time(row.GetInt64(2)), row.GetString(3)));

    public List<ObservedDevice> Observations() => statements.Read(
        "SELECT name, facts, agent, discovery, seen_at, absent_since FROM inventory_observations ORDER BY name", row => new ObservedDevice(
            new Device(row.GetString(0), Facts(row.GetString(1))), row.GetString(2), row.GetString(3), Time(row.GetInt64(4)),
            row.IsDBNull(5) ? null : Time(row.GetInt64(5))));

    public List<Rejection> Rejections() => statements.Read("SELECT kind, name, digest FROM inventory_rejections", row =>
        new Rejection(Enum.Parse<ProposalKind>(row.GetString(0), ignoreCase: true), row.GetString(1), row.GetString(2)));

    public List<HostDependency> Parents() => statements.Read(
        "SELECT host, agent, parent FROM inventory_parents ORDER BY host, agent, parent", row => new HostDependency(row.GetString(0), row.GetString(1), row.GetString(2)));

    public void Save(Device device, string who, DateTimeOffset at) => statements.Run(
        """
        INSERT INTO inventory_devices (name, facts, accepted_at, accepted_by) VALUES ($1, $2, $3, $4)
        ON CONFLICT (name) DO UPDATE SET facts = excluded.facts, accepted_at = excluded.accepted_at, accepted_by = excluded.accepted_by
        """,
        device.Name, Text(device.Facts), at.ToUnixTimeMilliseconds(), who);

    /// <summary>Takes a device out, with its dependencies; what a discovery that missed it noted is forgotten with it.</summary>
    public void Remove(string name)
    {
        statements.Run("DELETE FROM inventory_devices WHERE name = $1", name);
        statements.Run("DELETE FROM inventory_parents WHERE host = $1", name);
        statements.Run("DELETE FROM inventory_observations WHERE name = $1 AND absent_since IS NOT NULL", name);
    }

    public void Save(ObservedDevice observation) => statements.Run(
        """
        INSERT INTO inventory_observations (name, facts, agent, discovery, seen_at, absent_since) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (name) DO UPDATE SET facts = excluded.facts, agent = excluded.agent, discovery = excluded.discovery, seen_at = excluded.seen_at,
            absent_since = excluded.absent_since
        """,
        observation.Device.Name, Text(observation.Device.Facts), observation.Agent, observation.Discovery, observation.SeenAt.ToUnixTimeMilliseconds(),
        observation.AbsentSince?.ToUnixTimeMilliseconds());

    public void RemoveObservation(string name) => statements.Run("DELETE FROM inventory_observations WHERE name = $1", name);

    public void Reject(Proposal proposal, string who, DateTimeOffset at) => statements.Run(
        """
        INSERT INTO inventory_rejections (kind, name, digest, rejected_at, rejected_by) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (kind, name) DO UPDATE SET digest = excluded.digest, rejected_at = excluded.rejected_at, rejected_by = excluded.rejected_by
        """,
        Word(proposal.Kind), proposal.Name, proposal.Digest, at.ToUnixTimeMilliseconds(), who);

    /// <summary>A decision the other way round takes the rejection back.</summary>
    public void Unreject(ProposalKind kind, string name) => statements.Run("DELETE FROM inventory_rejections WHERE kind = $1 AND name = $2", Word(kind), name);

    /// <param name="parents">As <see cref="ParentText"/> writes them.</param>
    public void SetParents(string host, IEnumerable<string> parents)
    {
        statements.Run("DELETE FROM inventory_parents WHERE host = $1", host);
        foreach (var dependency in parents.Select(text => ParentText.Parse(host, text)).Where(dependency => dependency.Parent.Length > 0 && dependency.Parent != host).Distinct())
        {
            statements.Run("INSERT INTO inventory_parents (host, agent, parent) VALUES ($1, $2, $3)", host, dependency.Agent, dependency.Parent);
        }
    }

    public static string Word(ProposalKind kind) => kind.ToString().ToLowerInvariant();

    private static string Text(DeviceFacts facts) => JsonSerializer.Serialize(facts.Texts, InventoryJson.Plain.IReadOnlyDictionaryStringString);

    private static DeviceFacts Facts(string text) => new(JsonSerializer.Deserialize(text, InventoryJson.Plain.IReadOnlyDictionaryStringString) ?? DeviceFacts.None.Texts);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>A proposal that somebody did not want.</summary>
internal sealed record Rejection(ProposalKind Kind, string Name, string Digest);
