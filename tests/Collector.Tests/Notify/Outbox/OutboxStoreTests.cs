using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Notify.Outbox;
using NocMonitor.Collector.Operations;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Notify.Outbox;

public class OutboxStoreTests
{
    [TestCase(OutboxStore.SelectDue)]
    [TestCase(OutboxStore.SelectNext)]
    public async Task Rows_come_in_order_and_earlier_ones_of_an_alert_are_looked_up_by_the_alert_however_many_wait(string query)
    {
        using var folder = new TemporaryFolder();
        await using var database = OperationsDatabase.Open(folder.Path, new ManualTimeProvider(), NullLogger.Instance);

        var plan = database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN {query}";
            foreach (var name in new[] { "$receiver", "$now", "$limit" })
            {
                command.Parameters.AddWithValue(name, 1);
            }

            using var reader = command.ExecuteReader();
            var steps = new List<string>();
            while (reader.Read())
            {
                steps.Add(reader.GetString(3));
            }

            return steps;
        });

        Assert.That(plan, Has.Some.Match(@"SEARCH e USING (COVERING )?INDEX \w+ \(alert_id=\?"), () => string.Join('\n', plan));
        Assert.That(plan, Has.None.Contains("TEMP B-TREE"), () => string.Join('\n', plan));
    }
}
