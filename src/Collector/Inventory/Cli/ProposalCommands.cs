using System.CommandLine;
using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Cli;

/// <summary><c>inventory proposals | accept | reject</c>.</summary>
internal static class ProposalCommands
{
    private const int MostShown = 4;

    public static Command CreateList()
    {
        var kind = KindOption();
        var rejected = new Option<bool>("--rejected") { Description = "Show what was rejected and would be proposed otherwise." };
        return InventoryCommand.Asking(
            new Command("proposals", "Lists what is proposed: devices that are new, changed or gone, and their parents. Nothing of it is done unasked.") { kind, rejected },
            (client, result, token) => client.GetAsync(
                $"/api/v1/inventory/proposals?kind={result.GetValue(kind) ?? "all"}&rejected={(result.GetValue(rejected) ? "true" : "false")}",
                InventoryJson.Plain.ProposalList, token),
            InventoryJson.Plain.ProposalList,
            (_, console, list) => Print(console, $"{list.Proposals.Count} proposals", list.Proposals));
    }

    public static Command CreateAccept() => CreateDecision(
        "accept", "Accepts proposals: new devices are added, changes taken over, gone devices removed, parents made dependencies.", "accepted");

    public static Command CreateReject() => CreateDecision(
        "reject", "Rejects proposals: they are not shown again until there is something else to say.", "rejected");

    private static Command CreateDecision(string verb, string help, string done)
    {
        var names = new Argument<string[]>("NAME") { Description = "The devices.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All that is proposed and was not rejected." };
        var kind = KindOption();
        var by = new Option<string?>("--by") { HelpName = "NAME", Description = "Who decides; without it the name of the token." };
        var command = new Command(verb, help) { names, all, kind, by };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(names) is { Length: > 0 }))
            {
                result.AddError("name the devices, or say --all");
            }
        });
        return InventoryCommand.Asking(
            command,
            (client, result, token) => client.PostAsync(
                $"/api/v1/inventory/{verb}",
                new DecisionRequest(result.GetValue(all) ? null : result.GetValue(names), result.GetValue(all), result.GetValue(kind), result.GetValue(by)),
                InventoryJson.Plain.DecisionRequest, InventoryJson.Plain.DecisionAnswer, token),
            InventoryJson.Plain.DecisionAnswer,
            (_, console, answer) =>
            {
                Print(console, $"{answer.Decided.Count} {done}", answer.Decided);
                foreach (var name in answer.Unknown)
                {
                    console.Line($"nothing is proposed for {name}");
                }
            });
    }

    private static Option<string?> KindOption()
    {
        var kind = new Option<string?>("--kind") { Description = "Only of this kind: new, changed, gone or parent." };
        kind.AcceptOnlyFromAmong("new", "changed", "gone", "parent");
        return kind;
    }

    private static void Print(InventoryConsole console, string title, IReadOnlyList<ProposalView> proposals) => console.Table(
        title, ["Kind", "Name", "What changes", "From", "Since (UTC)"],
        proposals.Select(proposal => (string[])
        [
            proposal.Kind, proposal.Name, string.Join('\n', proposal.Changes.Select(Describe)), proposal.Source, InventoryConsole.Time(proposal.At),
        ]));

    /// <summary>One field before and after; of a list what comes and goes.</summary>
    internal static string Describe(ChangeView change)
    {
        var before = change.Before ?? "";
        var after = change.After ?? "";
        if (InventoryField.Find(change.Field)?.Shape != FieldShape.List && change.Field != "parents")
        {
            return before.Length == 0 ? $"{change.Field}: {after}" : $"{change.Field}: {before} -> {after}";
        }

        var (old, now) = (InventoryField.Items(before), InventoryField.Items(after));
        var added = now.Except(old, StringComparer.OrdinalIgnoreCase).Select(item => $"+{item}").ToList();
        var removed = old.Except(now, StringComparer.OrdinalIgnoreCase).Select(item => $"-{item}").ToList();
        return $"{change.Field}: {Some(removed.Concat(added).ToList())}";
    }

    private static string Some(List<string> items) =>
        string.Join(' ', items.Take(MostShown)) + (items.Count > MostShown ? $" and {items.Count - MostShown} more" : "");
}
