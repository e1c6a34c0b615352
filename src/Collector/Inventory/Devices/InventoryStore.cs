using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Inventory.Proposals;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>All that the operational database holds of the inventory at one moment.</summary>
internal sealed record InventoryContent(
    IReadOnlyList<AcceptedDevice> Devices, IReadOnlyList<ObservedDevice> Observations, IReadOnlyList<Rejection> Rejections,
    ILookup<string, HostDependency> Parents)
{
    private readonly Lazy<HashSet<Rejection>> _rejected = new(() => [.. Rejections]);

    /// <summary>Whether somebody rejected just this proposal.</summary>
    public bool Rejects(Proposal proposal) => Rejections.Count > 0 && _rejected.Value.Contains(new Rejection(proposal.Kind, proposal.Name, proposal.Digest));

    /// <summary>The parents of a host as texts.</summary>
    public IReadOnlyList<string> ParentsOf(string host) => [.. Parents[host].Select(ParentText.Of)];
}

/// <summary>
/// Reads and changes the inventory in the operational database. Safe for concurrent use: changes run one after the other, so nobody else's comes between what one looks at and what it
/// writes. The turn is the inventory's own; the database's is held only while something is written.
/// </summary>
internal sealed class InventoryStore(OperationsDatabase database) : IDisposable
{
    /// <summary>Decisions in one transaction: so many take some milliseconds, for which a page may wait.</summary>
    private const int DecisionsPerTransaction = 128;

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Raised after a change of dependencies is on disk, by whoever made it.</summary>
    public event Action<InventoryContent>? Changed;

    public InventoryContent Read() => database.Read(connection =>
    {
        using var statements = new Statements(connection);
        return Content(new InventoryTables(statements));
    });

    /// <summary>Looks at what there is and changes it in one transaction, whole or not at all. For changes of a few rows.</summary>
    public async ValueTask<T> ChangeAsync<T>(Func<InventoryContent, InventoryTables, T> change, CancellationToken token)
    {
        await _turn.WaitAsync(token);
        try
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
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Decides on what there is, and carries the decisions out some at a time, so that transactions of alerts come in between. Each decision is whole; when the process or the caller goes
    /// away, those that are left are not carried out, and can be decided again.
    /// </summary>
    public async ValueTask<T> DecideAsync<T>(Func<InventoryContent, ICollection<Action<InventoryTables>>, T> decide, CancellationToken token)
    {
        await _turn.WaitAsync(token);
        try
        {
            var decisions = new List<Action<InventoryTables>>();
            var result = decide(Read(), decisions);
            try
            {
                foreach (var some in decisions.Chunk(DecisionsPerTransaction))
                {
                    await database.WriteAsync(transaction => CarryOut(some, transaction), token);
                }
            }
            finally
            {
                Changed?.Invoke(Read());
            }

            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static void CarryOut(Action<InventoryTables>[] decisions, SqliteTransaction transaction)
    {
        using var statements = new Statements(transaction);
        var tables = new InventoryTables(statements);
        Array.ForEach(decisions, decision => decision(tables));
    }

    private static InventoryContent Content(InventoryTables tables) => new(
        tables.Devices(), tables.Observations(), tables.Rejections(), tables.Parents().ToLookup(one => one.Host, StringComparer.Ordinal));
}
