using System.Net;
using System.Text;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;
using NocMonitor.Probes.Snmp.Traps;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

/// <summary>A receiver without a socket on a manual clock, with the points and the answers that come of what it is given.</summary>
internal sealed class ReceiverStage : INotificationSink, IDisposable
{
    private readonly ProbeContext _context;
    private readonly TrapReceiver _receiver;
    private readonly TrapPointWriter _writer;

    public ReceiverStage(string options = "{}", params SnmpCredentials[] users)
    {
        var errors = new List<ConfigError>();
        var read = SnmpTrapOptions.Read(new OptionReader(JsonConfigParser.Parse("test.json", Encoding.UTF8.GetBytes(options), errors), errors));
        Assert.That(errors, Is.Empty);
        _context = ConfiguredProbe.Context(Time);
        Engine = OwnEngine.Of(_context);
        _receiver = new TrapReceiver(read with { Credentials = [.. read.Credentials, .. users] }, Engine, new UsmKeyCache(), Time, this);
        _writer = new TrapPointWriter(new TrapNames(KnownTraps.All, KnownVariables.All), new TrapHosts(read.Names, read.Relays, Polled));
    }

    public ManualTimeProvider Time { get; } = new();

    public OwnEngine Engine { get; }

    public DeviceAddresses Polled { get; } = new();

    public List<Point> Points { get; } = [];

    public TrapCounters Counters => _receiver.Counters;

    /// <summary>Gives the answer; empty for none.</summary>
    public byte[] Receive(byte[] datagram, string source = "10.0.0.1")
    {
        var reply = new byte[SnmpMessage.LargestSize];
        var length = _receiver.Take([.. datagram], SourceAddress.Of(IPAddress.Parse(source)), reply);
        return reply[^length..];
    }

    public void Take(UInt128 source, in Notification notification) => Points.Add(_writer.Write(source, notification));

    public void Dispose() => _receiver.Dispose();
}
