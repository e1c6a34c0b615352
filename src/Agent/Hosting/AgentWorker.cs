using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Scheduling;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Hosting;

/// <summary>The agent as the host sees it: starts a runtime, keeps it until the host stops, and says how it ended by the exit code.</summary>
internal sealed class AgentWorker(AgentConfig config, ILoggerFactory logs, TimeProvider time, IHostApplicationLifetime host) : BackgroundService
{
    private readonly ILogger _log = logs.CreateLogger("");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var runtime = new AgentRuntime(config.Options, time, logs);
        var failures = new List<ProbeFailure>();
        if (!runtime.Start(failures))
        {
            foreach (var failure in failures)
            {
                HostingLog.ConfigError(_log, $"{failure.Entry.Place}: probe {failure.Entry.Name}: {failure.Reason}");
            }

            Environment.ExitCode = 1;
            host.StopApplication();
            return;
        }

        HostingLog.Starts(_log, AgentVersion.Text, config.Options.Name, config.Options.Probes.Count, config.Options.Data,
            string.Join(", ", config.Options.Collectors.Select(collector => collector.Url.GetLeftPart(UriPartial.Path))));
        await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
