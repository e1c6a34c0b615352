using System.CommandLine;
using NocMonitor.Collector.Inventory.Links;

namespace NocMonitor.Collector.Inventory.Cli;

/// <summary><c>inventory links | parents</c>.</summary>
internal static class LinkCommands
{
    public static Command CreateLinks()
    {
        var host = new Argument<string?>("HOST") { Description = "Only links of this host.", Arity = ArgumentArity.ZeroOrOne };
        return InventoryCommand.Asking(
            new Command("links", "Shows which hosts are connected (LLDP, CDP), and the parents towards the agents that follow from it.") { host },
            (client, result, token) => client.GetAsync(
                result.GetValue(host) is { } one ? $"/api/v1/inventory/links?host={Uri.EscapeDataString(one)}" : "/api/v1/inventory/links", InventoryJson.Plain.LinkList, token),
            InventoryJson.Plain.LinkList,
            (_, console, list) => Print(console, list));
    }

    public static Command CreateParents()
    {
        var host = new Argument<string>("HOST") { Description = "The host." };
        var parents = new Argument<string[]>("PARENT") { Description = "Hosts on the way to it, or 'HOST via AGENT'.", Arity = ArgumentArity.ZeroOrMore };
        var none = new Option<bool>("--none") { Description = "It has none." };
        var command = new Command("parents", "Sets by hand what is on the way to a host: when all its parents are down, it is not paged.") { host, parents, none };
        command.Validators.Add(result =>
        {
            if (result.GetValue(none) == (result.GetValue(parents) is { Length: > 0 }))
            {
                result.AddError("name the parents, or say --none");
            }
        });
        return InventoryCommand.Asking(
            command,
            (client, result, token) => client.PostAsync(
                "/api/v1/inventory/parents", new ParentRequest(result.GetRequiredValue(host), result.GetValue(parents) ?? []),
                InventoryJson.Plain.ParentRequest, InventoryJson.Plain.ParentAnswer, token),
            InventoryJson.Plain.ParentAnswer,
            (_, console, answer) => console.Line($"{answer.Host}: {(answer.Parents.Count == 0 ? "no parents" : string.Join(", ", answer.Parents))}"));
    }

    private static void Print(InventoryConsole console, LinkList list)
    {
        console.Table($"{list.Links.Count} links", ["Host", "Port", "Host", "Port", "By", "Said by", "Last seen (UTC)"], list.Links.Select(link => (string[])
        [
            Name(link.A), link.A.Port, Name(link.B), link.B.Port, string.Join(", ", link.Protocols), link.BothSay ? "both" : "one", InventoryConsole.Time(link.LastSeen),
        ]));
        console.Table($"{list.Parents.Count} hosts that links lead to", ["Host", "Seen from", "Parents", "Hops", "Accepted"], list.Parents.Select(parent => (string[])
        [
            parent.Host, parent.Agent, string.Join(", ", parent.Parents), $"{parent.Hops}", string.Join(", ", parent.Accepted),
        ]));
        foreach (var agent in list.Links.Count == 0 ? [] : list.Agents.Where(agent => agent.Root is null))
        {
            console.Line($"No link leads to {agent.Agent}: name the host it is connected to in Collector.Inventory.Roots to find parents of the {agent.Watched} hosts it watches.");
        }
    }

    private static string Name(LinkEndView end) => end.Known ? end.Host : $"({end.Host})";
}
