using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Operations;
using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Cli;

/// <summary><c>token create | list | revoke</c>: works beside a running collector, which takes changes within two seconds.</summary>
internal static class TokenCommand
{
    public static Command Create() => new("token", "Creates, lists and revokes the tokens of agents and people.")
    {
        CreateCreate(),
        CreateList(),
        CreateRevoke(),
    };

    private static Command CreateCreate()
    {
        var command = new Command("create", "Creates a token and prints it. It is shown this once; only its hash is stored.");
        var scope = ScopeOption();
        var name = NameOption();
        command.Options.Add(scope);
        command.Options.Add(name);
        return Finish(command, async (store, result, token) =>
        {
            var secret = AccessToken.Create();
            if (!await store.AddAsync(result.GetRequiredValue(name), result.GetRequiredValue(scope), AccessToken.Hash(secret), token))
            {
                throw new StartupException($"there is a token named '{result.GetRequiredValue(name)}' already; revoke it first or choose another name");
            }

            await result.InvocationConfiguration.Output.WriteLineAsync(secret);
        });
    }

    private static Command CreateList() => Finish(new Command("list", "Lists the valid tokens: name, scope, when created."), async (store, result, _) =>
    {
        foreach (var token in store.List())
        {
            var created = token.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{token.Name,-32} {TokenStore.Word(token.Scope),-6} {created}");
        }
    });

    private static Command CreateRevoke()
    {
        var command = new Command("revoke", "Makes a token invalid for good.");
        var name = NameOption();
        command.Options.Add(name);
        return Finish(command, async (store, result, token) =>
        {
            if (!await store.RevokeAsync(result.GetRequiredValue(name), token))
            {
                throw new StartupException($"there is no token named '{result.GetRequiredValue(name)}'");
            }

            await result.InvocationConfiguration.Output.WriteLineAsync($"revoked {result.GetRequiredValue(name)}");
        });
    }

    private static Option<TokenScope> ScopeOption() => new("--scope")
    {
        Description = "What it allows: write, read, or admin for both and more.",
        HelpName = "write|read|admin",
        Required = true,
        CustomParser = result =>
        {
            var word = result.Tokens[0].Value;
            var scopes = Enum.GetValues<TokenScope>().Where(scope => TokenStore.Word(scope).Equals(word, StringComparison.OrdinalIgnoreCase)).ToList();
            if (scopes.Count == 0)
            {
                result.AddError($"--scope: '{word}' is none of write, read, admin");
            }

            return scopes.FirstOrDefault();
        },
    };

    private static Option<string> NameOption()
    {
        var name = new Option<string>("--name") { Description = "Whose it is, such as the host's name.", HelpName = "NAME", Required = true };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && (given.Value.Length is 0 or > 100 || given.Value.Any(char.IsControl)))
            {
                result.AddError("a token's name has 1 to 100 characters");
            }
        });
        return name;
    }

    private static Command Finish(Command command, Func<TokenStore, ParseResult, CancellationToken, Task> action)
    {
        var common = new CommonOptions().AddTo(command);
        command.SetAction((result, token) => CommandGuard.RunAsync(result, async () =>
        {
            var options = CommonOptions.ReadOptions(common.From(result));
            await using var database = OperationsDatabase.Open(DataFolder.Create(options.Data), TimeProvider.System, NullLogger.Instance);
            await action(new TokenStore(database, TimeProvider.System), result, token);
        }));
        return command;
    }
}
