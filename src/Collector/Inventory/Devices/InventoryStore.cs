using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Inventory.Proposals;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>All that the operational database holds of the inventory at one moment.</summary>
internal sealed record InventoryContent(
    IReadOnlyList<AcceptedDevice> Devices, IReadOnlyList<ObservedDevice> Observations, IReadOnlyList<Rejection> Rejections,
    ILookup<string, HostDependency> Parents)
{
    /// <summary>The parents of a host as texts.</summary>
    public IReadOnlyList<string> ParentsOf(string host) => [.. Parents[host].Select(ParentText.Of)];
}

/// <summary>Reads and changes the inventory in the operational database. Safe for concurrent use: changes run one after the other, each whole or not at all.</summary>
internal sealed class InventoryStore(OperationsDatabase database)
{
    /// <summary>Raised after a change of dependencies is on disk, by whoever made it.</summary>
    public event Action<InventoryContent>? Changed;

    public InventoryContent Read() => database.Read(connection =>
    {
        using var statements = new Statements(connection);
        return Content(new InventoryTables(statements));
    });

    /// <summary>Decides on what there is and changes it, in one transaction: nobody else's change comes between the two.</summary>
    public async ValueTask<T> ChangeAsync<T>(Func<InventoryContent, InventoryTables, T> change, CancellationToken token)
    {
        var (result, content) = await database.WriteAsync(transaction =>
        {
            using var statements = new Statements(transaction);
            var tables = new InventoryTables(statements);
            var result = change(Content(tables), tables);
            return (result, Content(tables));
        }, token);
        Changed?.Invoke(content);
        return result;
    }

    private static InventoryContent Content(InventoryTables tables) => new(
        tables.Devices(), tables.Observations(), tables.Rejections(), tables.Parents().ToLookup(one => one.Host, StringComparer.Ordinal));
}
