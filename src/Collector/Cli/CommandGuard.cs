using System.CommandLine;
using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Cli;

/// <summary>Turns what an operator can mend into one line and exit code 1; Ctrl-C is no failure.</summary>
internal static class CommandGuard
{
    public static async Task<int> RunAsync(ParseResult result, Func<Task> action)
    {
        try
        {
            await action();
            return 0;
        }
        catch (ConfigurationException exception)
        {
            await result.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (Exception exception) when (exception is StartupException or OperationsException or SqliteException)
        {
            await result.InvocationConfiguration.Error.WriteLineAsync($"nocmonitor-collector: {exception.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
