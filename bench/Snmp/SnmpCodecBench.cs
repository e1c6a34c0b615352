using BenchmarkDotNet.Attributes;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Bench.Snmp;

/// <summary>One GetBulk: the request is written, the answer of 20 counters is opened and every name and number in it is read.</summary>
public class SnmpCodecBench : IDisposable
{
    private static readonly byte[] EngineId = [0x80, 0, 0, 1, 4, 7];
    private static readonly Oid Column = Oid.Parse("1.3.6.1.2.1.31.1.1.1.6");

    private readonly byte[] _buffer = new byte[2000];
    private readonly byte[] _received = new byte[2000];
    private readonly SnmpSecurity _security = new(TimeProvider.System);
    private readonly SnmpCredentials _user = new()
    {
        Version = SnmpVersion.V3,
        UserName = "noc",
        Auth = AuthProtocol.SHA256,
        AuthPassword = new Secret("maplesyrup"),
        Priv = PrivProtocol.AES128,
        PrivPassword = new Secret("maplesyrup"),
    };

    private SnmpCodec _community = null!;
    private SnmpCodec _usm = null!;
    private byte[] _request = [];
    private byte[] _communityAnswer = [];
    private byte[] _usmAnswer = [];

    [GlobalSetup]
    public void Setup()
    {
        _community = _security.Open(new SnmpCredentials { Community = new Secret("public") }, "a");
        _usm = _security.Open(_user, "b");
        var names = new VarbindWriter(new byte[1000]);
        names.TryAdd(Column.Encoded);
        _request = names.Written.ToArray();
        var answer = Answer();
        _communityAnswer = _buffer[^_community.WriteRequest(_buffer, answer)..];
        var report = new VarbindWriter(new byte[100]);
        report.TryAdd(UsmReport.UnknownEngineIds, SnmpValue.Counter32(1));
        var discovery = new UsmMessageWriter { MessageId = 7, EngineId = EngineId, Boots = 1, Time = 1 }.Write(_buffer, new Pdu(PduType.Report, 7, report.Written));
        _usm.Open(_buffer.AsSpan(_buffer.Length - discovery), out _);
        _usmAnswer = _buffer[^_usm.WriteRequest(_buffer, answer)..];
    }

    [Benchmark(Description = "v2c, write and read")]
    public ulong Community() => Exchange(_community, _communityAnswer);

    [Benchmark(Description = "v2c, read only")]
    public ulong Read()
    {
        _communityAnswer.CopyTo(_received, 0);
        return Sum(_community, _received.AsSpan(0, _communityAnswer.Length));
    }

    [Benchmark(Description = "v3 SHA-256 AES-128, write and read")]
    public ulong Usm() => Exchange(_usm, _usmAnswer);

    public void Dispose()
    {
        _community?.Dispose();
        _usm?.Dispose();
        GC.SuppressFinalize(this);
    }

    private static Pdu Answer()
    {
        var varbinds = new VarbindWriter(new byte[1000]);
        for (uint port = 1; port <= 20; port++)
        {
            varbinds.TryAdd(Column.Append(port), SnmpValue.Counter64(port * 1_234_567_890UL));
        }

        return new Pdu(PduType.Response, 7, varbinds.Written);
    }

    private ulong Exchange(SnmpCodec codec, byte[] answer)
    {
        codec.WriteRequest(_buffer, new Pdu(PduType.GetBulk, 7, _request) { MaxRepetitions = 20 });
        answer.CopyTo(_received, 0);
        return Sum(codec, _received.AsSpan(0, answer.Length));
    }

    private static ulong Sum(SnmpCodec codec, Span<byte> datagram)
    {
        if (codec.Open(datagram, out var pdu) != SnmpOpening.Answer)
        {
            throw new InvalidOperationException("the answer is none");
        }

        ulong sum = 0;
        var varbinds = pdu.Varbinds;
        while (varbinds.MoveNext())
        {
            var varbind = varbinds.Current;
            sum += varbind.Name[^1];
            sum += varbind.TryGetUInt64(out var number) ? number : 0;
        }

        return sum;
    }
}
