using System.CommandLine;
using NocMonitor.Collector.Cli;

namespace NocMonitor.Collector.Tests.Cli;

/// <summary>Runs one command in this process and gives what it printed.</summary>
internal static class CommandLineRun
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CollectorCommandLine.Create().Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
