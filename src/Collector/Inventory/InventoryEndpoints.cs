using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Hosts;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Proposals;
using NocMonitor.Collector.Query;
using NocMonitor.Collector.Security;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Inventory;

/// <summary>The inventory, what is proposed for it, and decisions about that. Safe for concurrent use.</summary>
internal sealed class InventoryEndpoints(InventoryStore store, ProposalSource proposals, HostBoard board, RequestAccess access, TimeProvider time)
{
    private const int MostBytes = 1 << 20;

    public Task ListAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var name = query.Text("name");
        query.Complete();
        if (query.Errors is { } errors)
        {
            return Problem.WriteAsync(context, 400, errors);
        }

        var content = store.Read();
        var seen = content.Observations.Where(one => one.AbsentSince is null).ToDictionary(one => one.Device.Name, one => one.SeenAt, StringComparer.Ordinal);
        var devices = content.Devices.Where(device => name is null || device.Device.Name == name).Select(device => View(device, content, seen));
        return Answer.WriteAsync(context, new DeviceList([.. devices]), InventoryJson.Plain.DeviceList);
    }

    public Task ListProposalsAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var kind = query.Word("kind", "all", "new", "changed", "gone", "parent");
        var rejected = query.Flag("rejected");
        query.Complete();
        if (query.Errors is { } errors)
        {
            return Problem.WriteAsync(context, 400, errors);
        }

        var content = store.Read();
        var views = proposals.Look()(content).Select(proposal => ProposalView.Of(proposal, content.Rejects(proposal)))
            .Where(view => view.Rejected == rejected && (kind == "all" || kind == view.Kind));
        return Answer.WriteAsync(context, new ProposalList([.. views]), InventoryJson.Plain.ProposalList);
    }

    public Task AcceptAsync(HttpContext context) => DecideAsync(context, withRejected: true, ProposalDecision.Accept);

    public Task RejectAsync(HttpContext context) => DecideAsync(
        context, withRejected: false, (chosen, _, who, now) => ProposalDecision.Reject(chosen, who, now));

    private async Task DecideAsync(
        HttpContext context, bool withRejected, Func<IReadOnlyList<Proposal>, InventoryContent, string, DateTimeOffset, IEnumerable<Action<InventoryTables>>> decide)
    {
        var decision = access.Decide(context, Access.Manage);
        if (!decision.Allowed)
        {
            await Problem.WriteAsync(context, decision.StatusCode, decision.Reason);
            return;
        }

        var (request, error) = await RequestBody.ReadJsonAsync(context, InventoryJson.Plain.DecisionRequest, MostBytes);
        if (request is null || Refuse(request, out var kind) is { } refusal && (error = refusal) is not null)
        {
            await Problem.WriteAsync(context, 400, error);
            return;
        }

        // By name what was rejected can be taken after all; all means all that is still open.
        var choice = new ProposalChoice(request.All == true ? null : request.Names, kind, withRejected && request.All != true);
        var find = proposals.Look();
        var answer = await store.DecideAsync((content, decisions) =>
        {
            var chosen = choice.Of(find(content), content);
            foreach (var each in decide(chosen, content, Who(request.By, decision), time.GetUtcNow()))
            {
                decisions.Add(each);
            }

            var unknown = (choice.Names ?? []).Except(chosen.Select(proposal => proposal.Name), StringComparer.Ordinal);
            return new DecisionAnswer([.. chosen.Select(proposal => ProposalView.Of(proposal, false))], [.. unknown]);
        }, context.RequestAborted);
        await Answer.WriteAsync(context, answer, InventoryJson.Plain.DecisionAnswer);
    }

    internal static string Who(string? by, AccessDecision decision) => string.IsNullOrWhiteSpace(by) ? decision.Name : DeviceFacts.Line(by);

    private static string? Refuse(DecisionRequest request, out ProposalKind? kind)
    {
        kind = Enum.TryParse<ProposalKind>(request.Kind, ignoreCase: true, out var parsed) && char.IsAsciiLetter(request.Kind![0]) ? parsed : null;
        return request.Kind is not null && kind is null ? "kind is one of new, changed, gone, parent"
            : request.All != true && request.Names is not { Count: > 0 } ? "names is needed, or all"
            : request.By?.Length > Device.LongestName ? $"by has at most {Device.LongestName} characters"
            : null;
    }

    private DeviceView View(AcceptedDevice accepted, InventoryContent content, Dictionary<string, DateTimeOffset> seen)
    {
        var host = board.Find(accepted.Device.Name);
        DateTimeOffset? heard = host?.LastSeenNs > 0 ? UnixNanoseconds.ToTime(host.LastSeenNs) : null;
        DateTimeOffset? found = seen.TryGetValue(accepted.Device.Name, out var at) ? at : null;
        return new DeviceView(
            accepted.Device.Name, accepted.Device.Facts.Texts, [.. content.ParentsOf(accepted.Device.Name)], host?.Agent is { Length: > 0 } agent ? agent : null,
            heard is null || found > heard ? found : heard, accepted.AcceptedAt, accepted.AcceptedBy);
    }
}
