using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Hosting;

/// <summary>
/// Looks at the configuration files every few seconds, and at once when asked, and applies what changed. A bad configuration is logged with all its
/// errors and the one before stays. One loop owns everything; any thread may ask.
/// </summary>
internal sealed class ConfigReload : IDisposable
{
    private readonly AgentRuntime _runtime;
    private readonly AgentConfigRequest _request;
    private readonly ConfigWatch _watch;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _asked = new(0);
    private IReadOnlyList<string> _files;
    private int _isForced;

    public ConfigReload(AgentRuntime runtime, AgentConfig config, AgentConfigRequest request, TimeProvider time, ILogger log)
    {
        _runtime = runtime;
        _request = request;
        _watch = new ConfigWatch(time);
        _time = time;
        _log = log;
        _files = FilesOf(config);
        _watch.Accept(_files);
    }

    /// <summary>Reads the configuration again whether it looks changed or not.</summary>
    public void Ask()
    {
        Volatile.Write(ref _isForced, 1);
        _asked.Release();
    }

    public async Task RunAsync(CancellationToken token)
    {
        while (true)
        {
            await WaitAsync(_runtime.Options.ReloadInterval, token);
            if (Interlocked.Exchange(ref _isForced, 0) == 1)
            {
                _watch.Accept(_files);
                Reload();
            }
            else if (await _watch.HasChangedAsync(_files, token))
            {
                Reload();
            }
        }
    }

    public void Dispose() => _asked.Dispose();

    private async ValueTask WaitAsync(TimeSpan interval, CancellationToken token)
    {
        await using var timer = interval > TimeSpan.Zero
            ? _time.CreateTimer(_ => _asked.Release(), null, interval, Timeout.InfiniteTimeSpan)
            : null;
        await _asked.WaitAsync(token);
    }

    private void Reload()
    {
        var config = AgentConfig.Load(_request);
        var errors = config.Errors.Select(error => error.ToString()).ToList();
        var isGood = errors.Count == 0 && _runtime.Apply(config.Options, errors);
        _runtime.NoteConfig(isGood);
        if (isGood)
        {
            Watch(FilesOf(config));
            HostingLog.ConfigApplied(_log);
            return;
        }

        errors.ForEach(error => HostingLog.ConfigError(_log, error));
        HostingLog.ConfigKept(_log, errors.Count);
    }

    private void Watch(IReadOnlyList<string> files)
    {
        // The state of the same files was taken before they were read: a change since then must still show.
        if (!files.SequenceEqual(_files))
        {
            _files = files;
            _watch.Accept(files);
        }
    }

    private static List<string> FilesOf(AgentConfig config) =>
    [
        .. config.Files,
        .. config.Options.Collectors.SelectMany(collector => collector.Files),
        .. config.Options.Probes.SelectMany(probe => probe.Files).Distinct(StringComparer.Ordinal),
    ];
}
