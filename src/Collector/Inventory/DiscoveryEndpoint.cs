using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Proposals;
using NocMonitor.Collector.Query;

namespace NocMonitor.Collector.Inventory;

/// <summary>Where agents bring what they discovered. It changes what is proposed, never the inventory: a write token is enough.</summary>
internal sealed class DiscoveryEndpoint(InventoryStore store, TimeProvider time)
{
    private const int MostBytes = 16 << 20;

    public async Task TakeAsync(HttpContext context)
    {
        var (report, error) = await RequestBody.ReadJsonAsync(context, InventoryJson.Plain.DiscoveryReport, MostBytes);
        if (report is null || (error = DiscoveryIntake.Refuse(report)) is not null)
        {
            await Problem.WriteAsync(context, 400, error);
            return;
        }

        var answer = await store.ChangeAsync((content, tables) => new DiscoveryIntake(report, content, tables, time.GetUtcNow()).Take(), context.RequestAborted);
        await Answer.WriteAsync(context, answer, InventoryJson.Plain.DiscoveryAnswer);
    }
}
