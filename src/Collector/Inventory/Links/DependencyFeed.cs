using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Links;

/// <summary>Tells the alert log which hosts are on the way to which: what is accepted at the start, and every change from then on.</summary>
internal sealed class DependencyFeed
{
    public DependencyFeed(InventoryStore store, AlertLog alerts)
    {
        store.Changed += Tell;
        Tell(store.Read());

        void Tell(InventoryContent content) => alerts.HostParents.Replace(content.Parents.SelectMany(group => group));
    }
}
