using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

/// <summary>A probe that listens on a free port of the loopback address, Debian's senders, and the points in the order in which they came.</summary>
internal sealed class TrapStage : IPointSink, IAsyncDisposable
{
    private readonly Channel<Point> _points = Channel.CreateUnbounded<Point>();
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _senders = new();
    private ProbeContext _context;
    private IProbe _probe;

    public TrapStage(string options = "")
    {
        Port = SnmpDaemon.FreePort();
        Options = $$"""{ "Address": "127.0.0.1", "Port": {{Port}}{{(options.Length > 0 ? ", " : "")}}{{options}} }""";
        (_context, _probe) = Open();
    }

    public int Port { get; }

    public string Options { get; }

    public void Add(Point point) => _points.Writer.TryWrite(point);

    public async Task<Point> NextAsync(CancellationToken token) => await _points.Reader.ReadAsync(token);

    /// <summary>The counters' point of a round.</summary>
    public async Task<Point> RoundAsync(CancellationToken token)
    {
        var points = new RecordedPoints();
        await _probe.ProbeAsync(points, token);
        return points.All.Single();
    }

    /// <summary>The agent starts anew with the same data folder.</summary>
    public async Task RestartAsync()
    {
        (_probe as IDisposable)?.Dispose();
        await _context.DisposeAsync();
        (_context, _probe) = Open();
    }

    /// <summary>Runs snmptrap or snmpinform to the end; a failure of it fails the test.</summary>
    public async Task SendAsync(string program, IReadOnlyList<string> arguments, CancellationToken token)
    {
        var (code, output) = await TrySendAsync(program, arguments, token);
        Assert.That(code, Is.Zero, output);
    }

    public async Task<(int Code, string Output)> TrySendAsync(string program, IReadOnlyList<string> arguments, CancellationToken token)
    {
        var start = new ProcessStartInfo(Prerequisite.Program(program, "snmp"), arguments.Select(argument =>
            argument.Replace("TARGET", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"))))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["MIBS"] = "";
        start.Environment["SNMP_PERSISTENT_DIR"] = _senders.Path;
        start.Environment["SNMPCONFPATH"] = _senders.Path;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var errors = await process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await output + errors);
    }

    public async ValueTask DisposeAsync()
    {
        (_probe as IDisposable)?.Dispose();
        await _context.DisposeAsync();
        _folder.Dispose();
        _senders.Dispose();
    }

    private (ProbeContext Context, IProbe Probe) Open()
    {
        var context = ConfiguredProbe.Context(folder: _folder.Path);
        var probe = ConfiguredProbe.Create("snmp_trap", Options, context);
        ((IListeningProbe)probe).Listen(this);
        return (context, probe);
    }
}
