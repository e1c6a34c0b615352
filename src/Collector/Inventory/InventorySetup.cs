using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Files;
using NocMonitor.Collector.Inventory.Links;
using NocMonitor.Collector.Inventory.Proposals;
using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Inventory;

internal static class InventorySetup
{
    public static void AddInventory(this IServiceCollection services, InventoryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<InventoryStore>();
        services.AddSingleton<DependencyFeed>();
        services.AddSingleton<HeardDevices>();
        services.AddSingleton<NeighbourPoints>();
        services.AddSingleton<TopologySource>();
        services.AddSingleton<LinkEndpoints>();
        services.AddSingleton<ProposalSource>();
        services.AddSingleton<InventoryEndpoints>();
        services.AddSingleton<DiscoveryEndpoint>();
        services.AddSingleton<FileEndpoints>();
    }

    public static void MapInventory(this WebApplication app)
    {
        // Before the first alert is looked at: accepted dependencies count from the start.
        app.Services.GetRequiredService<DependencyFeed>();
        var access = app.Services.GetRequiredService<RequestAccess>();
        var inventory = app.Services.GetRequiredService<InventoryEndpoints>();
        app.MapGet("/api/v1/inventory", access.Guard(Access.Read, inventory.ListAsync));
        app.MapGet("/api/v1/inventory/proposals", access.Guard(Access.Read, inventory.ListProposalsAsync));
        var files = app.Services.GetRequiredService<FileEndpoints>();
        app.MapGet("/api/v1/inventory/export", access.Guard(Access.Read, files.ExportAsync));
        app.MapPost("/api/v1/inventory/reconcile", access.Guard(Access.Read, files.ReconcileAsync));
        app.MapPost("/api/v1/inventory/import", files.ImportAsync);
        var links = app.Services.GetRequiredService<LinkEndpoints>();
        app.MapGet("/api/v1/inventory/links", access.Guard(Access.Read, links.ListAsync));
        app.MapPost("/api/v1/inventory/parents", links.SetParentsAsync);
        app.MapPost("/api/v1/inventory/accept", inventory.AcceptAsync);
        app.MapPost("/api/v1/inventory/reject", inventory.RejectAsync);
        app.MapPost("/api/v1/inventory/discoveries", access.Guard(Access.Write, app.Services.GetRequiredService<DiscoveryEndpoint>().TakeAsync));
    }
}
