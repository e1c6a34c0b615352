using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;
using NocMonitor.Probes.Snmp;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;
using NocMonitor.Probes.Snmp.Traps;

namespace NocMonitor.Fuzz;

/// <summary>
/// Datagrams to the receiver of traps: each is counted once, answered with no more than it holds and a little, and what it makes is a line of line protocol
/// that a collector takes.
/// </summary>
internal static class SnmpTrapTarget
{
    private const int LongestLine = 64 << 10;
    private const int LongestReport = 250;

    private static readonly SnmpTrapOptions Options = SnmpTrapOptions.Read(new OptionReader(
        JsonConfigParser.Parse("fuzz.json", Encoding.UTF8.GetBytes("""{ "Rate": 1000000, "Burst": 10000000, "DuplicateWindow": "0s" }"""), []), [])) with
    {
        Credentials =
        [
            new SnmpCredentials { Version = SnmpVersion.V3, UserName = "u" },
            new SnmpCredentials
            {
                Version = SnmpVersion.V3, UserName = "s", Auth = AuthProtocol.SHA256, AuthPassword = new Secret("maplesyrup"),
                Priv = PrivProtocol.AES128, PrivPassword = new Secret("maplesyrup"),
            },
        ],
    };

    private static readonly UsmKeyCache Keys = new();
    private static readonly TrapNames Names = new(KnownTraps.All, KnownVariables.All);

    public static void Run(ReadOnlySpan<byte> input)
    {
        var sink = new Sink();
        var engine = OwnEngine.Open(new ProbeContext(TimeProvider.System, "fuzz", NullLoggerFactory.Instance));
        using var receiver = new TrapReceiver(Options, engine, Keys, TimeProvider.System, sink);
        var reply = new byte[SnmpMessage.LargestSize];
        var length = receiver.Take(input.ToArray(), 1, reply);
        if (receiver.Counters.Received != 1 || receiver.Counters[TrapFate.Taken] != sink.Points)
        {
            throw new InvalidOperationException("a datagram was not counted once");
        }

        if (length > input.Length + LongestReport)
        {
            throw new InvalidOperationException($"an answer of {length} bytes to {input.Length}");
        }
    }

    private sealed class Sink : INotificationSink
    {
        private readonly TrapPointWriter _writer = new(Names, new TrapHosts(new Dictionary<string, string>(), new SourceRanges([]), new DeviceAddresses()));

        public int Points { get; private set; }

        public void Take(UInt128 source, in Notification notification)
        {
            Points++;
            var line = LineWriter.ToText(_writer.Write(source, notification));
            if (line.Length == 0 || Encoding.UTF8.GetByteCount(line) > LongestLine * 4 || line.Contains('\n'))
            {
                throw new InvalidOperationException("the line is none");
            }
        }
    }
}
