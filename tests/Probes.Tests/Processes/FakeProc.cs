using System.Globalization;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Processes;

/// <summary>A folder that looks like the root of a Linux machine to a reader of /proc.</summary>
internal sealed class FakeProc : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FakeProc(double uptimeSeconds)
    {
        Directory.CreateDirectory(_folder.File("proc"));
        SetUptime(uptimeSeconds);
    }

    public string Root => _folder.Path;

    public string File(string name) => _folder.File(name);

    public void SetUptime(double seconds) =>
        _folder.Write("proc/uptime", string.Create(CultureInfo.InvariantCulture, $"{seconds:F2} 1234.00\n"));

    /// <summary>Adds or replaces a process.</summary>
    /// <param name="started">Seconds after the machine's start.</param>
    public void SetProcess(
        int id, string name, double started = 100, double userCpu = 0, double systemCpu = 0, char state = 'S', int threads = 1, long rssPages = 10,
        string[]? arguments = null, string cgroup = "0::/init.scope\n", int openFiles = 0)
    {
        var folder = $"proc/{id}";
        Directory.CreateDirectory(_folder.File($"{folder}/fd"));
        FormattableString stat = $"{id} ({name}) {state} 1 {id} {id} 0 -1 4194560 10 0 0 0 {userCpu * 100:F0} {systemCpu * 100:F0} 0 0 20 0 {threads} 0 {started * 100:F0} 4096000 {rssPages} 18446744073709551615 1 1 0 0 0\n";
        _folder.Write($"{folder}/stat", stat.ToString(CultureInfo.InvariantCulture));
        _folder.Write($"{folder}/cmdline", arguments is null ? "" : string.Join('\0', arguments) + "\0");
        _folder.Write($"{folder}/cgroup", cgroup);
        for (var i = 0; i < openFiles; i++)
        {
            _folder.Write($"{folder}/fd/{i}", "");
        }
    }

    public void RemoveProcess(int id) => Directory.Delete(_folder.File($"proc/{id}"), recursive: true);

    public void Dispose() => _folder.Dispose();
}
