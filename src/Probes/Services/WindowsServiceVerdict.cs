using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Services;

/// <summary>Says whether a Windows service is in the state it is meant to be in, and makes its point. Knows numbers only, so it runs and is tested anywhere.</summary>
internal sealed class WindowsServiceVerdict(ServiceOptions options, TimeProvider time)
{
    /// <summary>SERVICE_AUTO_START.</summary>
    public const int AutomaticStart = 2;

    private const int Stopped = 1;
    private const int StartPending = 2;
    private const int ContinuePending = 5;
    private const int Running = 4;

    private static readonly string[] StateWords = ["", "stopped", "starting", "stopping", "running", "resuming", "pausing", "paused"];

    /// <param name="isNamed">The configuration names this very service.</param>
    /// <returns>Null when all is as expected, otherwise the reason in words.</returns>
    public string? Judge(in WindowsServiceStatus service, WindowsServiceStart start, bool isNamed)
    {
        var justBooted = MonotonicClock.Now(time) < options.StartGrace;
        var isFine = options.Expect switch
        {
            ExpectedState.Any => true,
            ExpectedState.Stopped => service.State == Stopped,
            _ => service.State == Running
                || (service.State is StartPending or ContinuePending && justBooted)
                // Delayed services start two minutes after the others, one after the other.
                || (service.State == Stopped && ((start.IsDelayed && justBooted) || (!isNamed && start.HasTriggers))),
        };
        return isFine ? null : Words(service);
    }

    public static Point PointOf(in WindowsServiceStatus service, WindowsServiceStart start)
    {
        var point = new Point("win_services").Tag("service_name", service.Name).Tag("display_name", service.DisplayName)
            .Field("state", service.State)
            .Field("delayed_start", start.IsDelayed)
            .Field("trigger_start", start.HasTriggers)
            .Field("exit_code", service.ExitCode);
        if (start.Mode is { } mode)
        {
            point.Field("startup_mode", mode);
        }

        return service.ProcessId == 0 ? point : point.Field("pid", service.ProcessId);
    }

    private static string Words(in WindowsServiceStatus service)
    {
        // ERROR_SERVICE_NEVER_STARTED: nothing has gone wrong, nobody has started it.
        const int neverStarted = 1077;
        var word = service.State > 0 && service.State < StateWords.Length ? StateWords[service.State] : $"state {service.State}";
        return service is { State: Stopped, ExitCode: not (0 or neverStarted) } ? $"{word}, exit code {service.ExitCode}" : word;
    }
}
