using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace NocMonitor.Probes.Ntp;

/// <summary>The header of an NTP packet (RFC 5905 section 7.3). Extension fields and authentication behind it are not looked at.</summary>
internal readonly record struct NtpPacket
{
    public const int Length = 48;
    public const int Unsynchronised = 3;
    private const byte ClientVersion4 = 0x23;
    private const int ServerMode = 4;
    private const int LowestStratumUnsynchronised = 16;
    private const double ShortUnitsPerSecond = 65536.0;
    private const double LargestDistance = 16;

    /// <summary>Leap indicator: 0 none, 1 and 2 a leap second today, 3 not synchronised.</summary>
    public int Leap { get; private init; }

    public int Stratum { get; private init; }

    /// <summary>Seconds there and back to the primary server.</summary>
    public double RootDelay { get; private init; }

    /// <summary>Seconds that the server may be off its primary server.</summary>
    public double RootDispersion { get; private init; }

    /// <summary>What the server follows: a kind of clock for stratum 1, an address (for IPv6 a hash of it) above, a kiss code for 0.</summary>
    public string Reference { get; private init; }

    public NtpTimestamp Received { get; private init; }

    public NtpTimestamp Transmitted { get; private init; }

    /// <summary>Writes a client's request that says nothing but its version and a number to be repeated, which hides this machine's clock.</summary>
    public static void WriteRequest(Span<byte> message, ulong nonce)
    {
        message[..Length].Clear();
        message[0] = ClientVersion4;
        BinaryPrimitives.WriteUInt64BigEndian(message[40..], nonce);
    }

    /// <summary>Reads what may be an answer to the request with this number; the fault says why it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ulong nonce, out NtpPacket packet, out string fault)
    {
        packet = default;
        fault = message.Length < Length ? "it is shorter than an NTP header"
            : (message[0] & 7) != ServerMode ? "it is not from a server"
            : (message[0] >> 3 & 7) is < 1 or > 4 ? "it has an unknown version"
            : BinaryPrimitives.ReadUInt64BigEndian(message[24..]) != nonce ? "it answers another request"
            : "";
        if (fault.Length > 0)
        {
            return false;
        }

        packet = new NtpPacket
        {
            Leap = message[0] >> 6,
            Stratum = message[1],
            RootDelay = BinaryPrimitives.ReadInt32BigEndian(message[4..]) / ShortUnitsPerSecond,
            RootDispersion = BinaryPrimitives.ReadUInt32BigEndian(message[8..]) / ShortUnitsPerSecond,
            Reference = ReadReference(message[12..16], message[1]),
            Received = NtpTimestamp.Read(message[32..]),
            Transmitted = NtpTimestamp.Read(message[40..]),
        };
        return true;
    }

    /// <summary>Why this server's time must not be used; empty when it may.</summary>
    public string Refusal => Stratum == 0 ? $"kiss-o'-death {Reference}: {KissMeaning(Reference)}"
        : Leap == Unsynchronised || Stratum >= LowestStratumUnsynchronised ? "the server is not synchronised"
        : Received.IsUnset || Transmitted.IsUnset ? "the server sends no time"
        : Transmitted.SecondsSince(Received) < 0 ? "the server sent its answer before it received the request"
        : (RootDelay / 2) + RootDispersion >= LargestDistance ? "the server is too far from its own source to be right"
        : "";

    private static string ReadReference(ReadOnlySpan<byte> bytes, int stratum)
    {
        if (stratum > 1)
        {
            return new IPAddress(bytes).ToString();
        }

        var text = bytes.TrimEnd("\0 "u8);
        return text.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E) ? Convert.ToHexString(bytes) : Encoding.ASCII.GetString(text);
    }

    /// <summary>RFC 5905 section 7.4.</summary>
    private static string KissMeaning(string code) => code switch
    {
        "RATE" => "this agent asks too often",
        "DENY" or "RSTR" => "the server denies access",
        "INIT" => "the server is not synchronised yet",
        "STEP" => "the server has just stepped its clock",
        "NTSN" => "the server refuses the authentication",
        _ => "the server does not serve time",
    };
}
