using System.Buffers;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Bench.Snmp;

/// <summary>
/// Polled by the whole probe to lines of line protocol, as the agent spools them: all 41 columns of ifTable and ifXTable as fields of one point a port, or what the
/// shipped profiles say about such a switch.
/// </summary>
internal sealed class ProbeFleet : IFleet
{
    private readonly ProbeContext _context = new(TimeProvider.System, "bench", NullLoggerFactory.Instance);
    private readonly IProbe _probe;
    private readonly int _devices;

    public ProbeFleet(int port, int devices, bool profiles)
    {
        _devices = devices;
        var targets = string.Join(", ", Enumerable.Range(0, devices).Select(i =>
            $$"""{ "Host": "{{EngineFleet.AddressOf(i)}}", "Port": {{port}}{{(profiles ? "" : ", \"Profile\": \"none\"")}} }"""));
        var columns = string.Join(", ", SwitchRecording.Columns().Select((column, i) => $$"""{ "Oid": "{{column}}", "Name": "c{{i}}" }"""));
        var tables = profiles ? "" : $$""", "Tables": [ { "Measurement": "interface", "Columns": [ {{columns}} ] } ]""";
        var folder = Path.Combine(BenchResults.FindRoot(), "profiles").Replace("\\", "/");
        var errors = new List<ConfigError>();
        var options = JsonConfigParser.Parse("bench", Encoding.UTF8.GetBytes($$"""
            { "Credentials": { "all": { "Community": "public" } }, "ProfileFolders": [ "{{folder}}" ], "Spread": 0, "Targets": [ {{targets}} ]{{tables}} }
            """), errors);
        var create = ProbeCatalog.Find("snmp")!.Read(new OptionReader(options, errors));
        _probe = errors.Count == 0 ? create(_context) : throw new InvalidOperationException(errors[0].Message);
    }

    public SnmpCounters Counters => SnmpEngine.Of(_context).Counters;

    public async Task<TimeSpan> RoundAsync()
    {
        var sink = new LineSink();
        var started = Stopwatch.GetTimestamp();
        await _probe.ProbeAsync(sink, CancellationToken.None);
        return sink.Answered == _devices ? Stopwatch.GetElapsedTime(started) : throw new InvalidOperationException($"{sink.Answered} devices answered");
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_probe).DisposeAsync();
        await _context.DisposeAsync();
    }

    /// <summary>Writes each point as a line into a buffer that is emptied now and then, one point at a time.</summary>
    private sealed class LineSink : IPointSink
    {
        private const int Full = 1 << 20;

        private readonly Lock _lock = new();
        private readonly ArrayBufferWriter<byte> _lines = new(Full + (1 << 16));

        public int Answered { get; private set; }

        public void AddCopy(Point point) => Add(point);

        public void Add(Point point)
        {
            lock (_lock)
            {
                LineWriter.Write(_lines, point);
                if (_lines.WrittenCount > Full)
                {
                    _lines.ResetWrittenCount();
                }

                Answered += point.Measurement == "snmp" && point.FindField("result_code")!.Value.Integer == 0 ? 1 : 0;
            }
        }
    }
}
