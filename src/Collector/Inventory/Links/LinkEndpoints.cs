using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Proposals;
using NocMonitor.Collector.Query;
using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Inventory.Links;

/// <summary>Links between hosts and what is on the way to whom. Safe for concurrent use.</summary>
internal sealed class LinkEndpoints(InventoryStore store, TopologySource topology, HeardDevices heard, RequestAccess access, TimeProvider time)
{
    private const int MostBytes = 64 << 10;
    private const int MostParents = 16;

    public Task ListAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var host = query.Text("host");
        query.Complete();
        if (query.Errors is { } errors)
        {
            return Problem.WriteAsync(context, 400, errors);
        }

        var content = store.Read();
        var found = topology.Look()(content, heard.Read());
        var list = new LinkList(
            [.. found.Links.Where(link => host is null || link.A.Host == host || link.B.Host == host).Select(LinkView.Of)],
            [
                .. found.Parents.Found.Where(one => host is null || one.Host == host)
                    .Select(one => new ParentView(one.Host, one.Agent, one.Parents, one.Hops, content.ParentsOf(one.Host))),
            ],
            [.. found.Parents.Roots.Select(root => new AgentRootView(root.Agent, root.Root, root.Watched, root.Reached))]);
        return Answer.WriteAsync(context, list, InventoryJson.Plain.LinkList);
    }

    /// <summary>Sets the parents of a host by hand, where no link tells them or people know better.</summary>
    public async Task SetParentsAsync(HttpContext context)
    {
        var decision = access.Decide(context, Access.Manage);
        if (!decision.Allowed)
        {
            await Problem.WriteAsync(context, decision.StatusCode, decision.Reason);
            return;
        }

        var (request, error) = await RequestBody.ReadJsonAsync(context, InventoryJson.Plain.ParentRequest, MostBytes);
        if (request is null || (error = Refuse(request)) is not null)
        {
            await Problem.WriteAsync(context, 400, error);
            return;
        }

        var parents = await store.ChangeAsync((_, tables) =>
        {
            tables.SetParents(request.Host!, request.Parents ?? []);
            return tables.Parents().Where(one => one.Host == request.Host).Select(ParentText.Of).ToList();
        }, context.RequestAborted);
        await Answer.WriteAsync(context, new ParentAnswer(request.Host!, parents), InventoryJson.Plain.ParentAnswer);
    }

    private static string? Refuse(ParentRequest request) =>
        Device.RefuseName(request.Host ?? "") is { } reason ? $"host: {reason}"
        : request.Parents?.Count > MostParents ? $"a host has at most {MostParents} parents"
        : request.Parents?.FirstOrDefault(parent => Device.RefuseName(ParentText.Parse("", parent ?? "").Parent) is not null) is { } bad ? $"'{DeviceFacts.Line(bad)}' is no parent"
        : null;
}
