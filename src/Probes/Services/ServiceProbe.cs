using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Processes;

namespace NocMonitor.Probes.Services;

/// <summary>
/// Looks after services: systemd units on Linux, the service control manager's on Windows, and by pid file where neither is. A point for each service
/// says whether it is in the state it is meant to be in. Rounds never overlap.
/// </summary>
internal sealed partial class ServiceProbe(ServiceOptions options, TimeProvider time) : IProbe
{
    private readonly SystemctlShow _systemd = new(options, time);
    private readonly ProcessTable _processes = new(new HostRoot(HostRoot.Default), time);
    private readonly KeyValuePair<string, PidFile>[] _pidFiles = [.. options.PidFiles.Select(file => KeyValuePair.Create(file.Key, new PidFile(file.Value)))];

    public static IProbe Create(ServiceOptions options, ProbeContext context) => new ServiceProbe(options, context.Time);

    public async ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        var started = time.GetTimestamp();
        if (OperatingSystem.IsWindows())
        {
            ProbeWindows(Add);
            return;
        }

        if (options.Names.Count > 0)
        {
            await ProbeSystemdAsync(Add, token);
        }

        if (_pidFiles.Length > 0)
        {
            ProbePidFiles(Add, token);
        }

        void Add(Point point, string? error, long result = ResultCode.Mismatch)
        {
            point.Field("result_code", error is null ? ResultCode.Success : result);
            if (error is not null)
            {
                point.Field("error", error);
            }

            points.Add(point.Field("duration_ms", Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 2)));
        }
    }

    private delegate void AddPoint(Point point, string? error, long result = ResultCode.Mismatch);

    private async ValueTask ProbeSystemdAsync(AddPoint add, CancellationToken token)
    {
        var answer = await _systemd.AskAsync(token);
        var verdict = new UnitVerdict(options, time);
        foreach (var (name, unit, isNamed) in answer.Units)
        {
            add(UnitPoint.Of(name, unit, time), verdict.Judge(unit, isNamed));
        }

        foreach (var name in answer.Unanswered)
        {
            add(new Point("systemd_units").Tag("name", name), answer.Reason, answer.Result);
        }
    }

    private void ProbePidFiles(AddPoint add, CancellationToken token)
    {
        _processes.Refresh(token);
        foreach (var (name, file) in _pidFiles)
        {
            var process = file.Find(_processes, out var reason);
            var isRunning = process is { IsZombie: false };
            var point = new Point("sysv_services").Tag("name", name).Field("running", isRunning ? 1 : 0);
            if (process is not null)
            {
                point.Field("pid", process.Id).Field("state_age_seconds", Math.Round((time.GetUtcNow() - process.Started).TotalSeconds, 1));
            }

            add(point, options.Expect switch
            {
                ExpectedState.Running when !isRunning => reason.Length > 0 ? reason : $"process {process!.Id} has ended",
                ExpectedState.Stopped when isRunning => $"is running as process {process!.Id}",
                _ => null,
            });
        }
    }
}
