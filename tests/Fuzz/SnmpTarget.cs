using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Fuzz;

/// <summary>
/// SNMP datagrams: the input as an answer in each version, as a trap, and as what stands inside a message, where encryption would keep it from being
/// reached. What is read lies within the input and is no more than the input can hold.
/// </summary>
internal static class SnmpTarget
{
    private static readonly SnmpSecurity Security = new(TimeProvider.System);
    private static readonly SnmpCredentials User = new()
    {
        Version = SnmpVersion.V3,
        UserName = "u",
        Auth = AuthProtocol.SHA256,
        AuthPassword = new Secret("maplesyrup"),
        Priv = PrivProtocol.AES128,
        PrivPassword = new Secret("maplesyrup"),
    };

    private static readonly byte[] Discovery = WriteDiscovery();

    public static void Run(ReadOnlySpan<byte> input)
    {
        SnmpMessage.TryPeekId(input, out _);
        Answer(new SnmpCredentials { Version = SnmpVersion.V1, Community = new Secret("c") }, input);
        Answer(new SnmpCredentials { Community = new Secret("c") }, input);
        Answer(new SnmpCredentials { Version = SnmpVersion.V3, UserName = "u" }, input);
        Answer(User, input);
        if (UsmMessage.TryReadScoped(input, out _, out _, out var element) && Pdu.TryRead(element, out var pdu))
        {
            Check(pdu.Varbinds, input.Length);
        }

        if (TrapV1.TryRead(input, out var trap))
        {
            Oid.ToText(trap.Enterprise);
            Check(trap.Varbinds, input.Length);
        }

        Check(new VarbindReader(input), input.Length);
        Compare(input);
    }

    private static void Answer(SnmpCredentials credentials, ReadOnlySpan<byte> input)
    {
        using var codec = Security.Open(credentials, "device");
        codec.Open([.. Discovery], out _);
        if (codec.Open(input.ToArray(), out var answer) == SnmpOpening.Answer)
        {
            Check(answer.Varbinds, input.Length);
        }

        codec.WriteRequest(new byte[1500], new Pdu(PduType.Get, 7, []));
    }

    /// <summary>The report by which a version 3 codec learns its engine, the one of the corpus.</summary>
    private static byte[] WriteDiscovery()
    {
        var varbinds = new VarbindWriter(new byte[100]);
        varbinds.TryAdd(UsmReport.UnknownEngineIds, SnmpValue.Counter32(1));
        var buffer = new byte[200];
        var length = new UsmMessageWriter { MessageId = 7, EngineId = [0x80, 0, 0, 1, 4, 7, 0], Boots = 3, Time = 1000 }
            .Write(buffer, new Pdu(PduType.Report, 7, varbinds.Written));
        return buffer[^length..];
    }

    private static void Check(VarbindReader varbinds, int length)
    {
        long read = 0;
        while (varbinds.MoveNext())
        {
            var varbind = varbinds.Current;
            read += varbind.Name.Length + varbind.Content.Length;
            Agree(varbind);
        }

        if (read > length)
        {
            throw new InvalidOperationException("more was read than there is");
        }
    }

    /// <summary>The view and the kept value say the same, and what was kept is written and read back the same.</summary>
    private static void Agree(in VarbindView varbind)
    {
        var value = varbind.ToValue();
        var same = varbind.TryGetInt64(out var number) == value.TryGetInt64(out var keptNumber) && number == keptNumber
            && varbind.TryGetUInt64(out var unsigned) == value.TryGetUInt64(out var keptUnsigned) && unsigned == keptUnsigned
            && varbind.TryGetDouble(out var real) == value.TryGetDouble(out var keptReal) && real.Equals(keptReal);
        if (!same || value.ToString().Length > 64 + (4 * varbind.Content.Length))
        {
            throw new InvalidOperationException($"the kept value is another: {value.Type}");
        }

        var writer = new VarbindWriter(new byte[varbind.Name.Length + varbind.Content.Length + 40]);
        if (!writer.TryAdd(varbind.Name, value))
        {
            throw new InvalidOperationException("a varbind that was read cannot be written");
        }

        var reader = new VarbindReader(writer.Written);
        if (!reader.MoveNext() || !reader.Current.Name.SequenceEqual(varbind.Name) || reader.Current.ToValue() != value)
        {
            throw new InvalidOperationException($"a varbind that was written is read as another: {value.Type}");
        }
    }

    private static void Compare(ReadOnlySpan<byte> input)
    {
        var half = input.Length / 2;
        var (left, right) = (Oid.FromEncoded(input[..half]), Oid.FromEncoded(input[half..]));
        if (Math.Sign(left.CompareTo(right)) != -Math.Sign(right.CompareTo(left)) || left.CompareTo(left) != 0)
        {
            throw new InvalidOperationException("the order of two identifiers depends on who asks");
        }
    }
}
