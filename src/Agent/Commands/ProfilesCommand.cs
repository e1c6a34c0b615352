using System.CommandLine;
using NocMonitor.Probes.Snmp.Profiles;

namespace NocMonitor.Agent.Commands;

/// <summary>Looks at device profiles without any device.</summary>
internal static class ProfilesCommand
{
    public static Command Create()
    {
        var command = new Command("profiles", "Looks at SNMP device profiles.");
        command.Subcommands.Add(Of("check", "Reads the shipped profiles and those of the folders, prints every fault and every key that is not understood, and exits 1 if something is left out.", Check));
        command.Subcommands.Add(Of("list", "Lists the profiles with the devices they are for.", List));
        return command;
    }

    private static Command Of(string name, string description, Func<IReadOnlyList<string>, TextWriter, int> run)
    {
        var folders = new Argument<string[]>("FOLDER") { Description = "Folders beside the shipped profiles.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(name, description) { folders };
        command.SetAction(parsed => run([.. (parsed.GetValue(folders) ?? []).Select(Path.GetFullPath)], parsed.InvocationConfiguration.Output));
        return command;
    }

    internal static int Check(IReadOnlyList<string> folders, TextWriter output)
    {
        var report = ProfileCheck.Run(folders);
        foreach (var fault in report.Faults)
        {
            output.WriteLine(fault);
        }

        var errors = report.Faults.Count(fault => fault.Kind == ProfileFaultKind.Error);
        output.WriteLine($"{report.Profiles.Count} profiles, {errors} errors, {report.Faults.Count - errors} unsupported");
        return errors == 0 ? AgentCommands.Good : AgentCommands.CannotDo;
    }

    internal static int List(IReadOnlyList<string> folders, TextWriter output)
    {
        foreach (var profile in ProfileCheck.Run(folders).Profiles)
        {
            output.WriteLine($"{profile.Name,-32} {profile.Vendor,-20} {profile.SysObjectIds}");
        }

        return AgentCommands.Good;
    }
}
