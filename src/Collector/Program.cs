using System.CommandLine;
using NocMonitor.Collector.Cli;

// The host ends the program by its own signals; System.CommandLine's two seconds would cut a clean stop short.
return await CollectorCommandLine.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
