using System.Text;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>Keys from passwords (RFC 3414 section 2.6 and appendix A.2, RFC 7860 section 9): slow for the password, fast for each engine after it.</summary>
internal static class PasswordKey
{
    private const int ExpandedLength = 1 << 20;
    private const int ChunkLength = 4096;

    /// <summary>The user's key Ku: the hash of the password repeated to a megabyte.</summary>
    public static byte[] FromPassword(AuthProtocol protocol, string password) => FromPassword(protocol, Encoding.UTF8.GetBytes(password));

    public static byte[] FromPassword(AuthProtocol protocol, ReadOnlySpan<byte> password)
    {
        using var digest = UsmDigest.Create(protocol);
        Span<byte> chunk = new byte[(ChunkLength / password.Length * password.Length) + password.Length];
        for (var at = 0; at < chunk.Length; at += password.Length)
        {
            password.CopyTo(chunk[at..]);
        }

        var left = ExpandedLength;
        while (left > 0)
        {
            var part = chunk[..Math.Min(left, chunk.Length)];
            digest.Append(part);
            left -= part.Length;
        }

        var key = new byte[digest.Length];
        digest.Finish(key);
        return key;
    }

    /// <summary>The user's key at one engine, Kul: the hash of Ku, the engine id and Ku.</summary>
    public static byte[] Localise(AuthProtocol protocol, ReadOnlySpan<byte> userKey, ReadOnlySpan<byte> engineId)
    {
        using var digest = UsmDigest.Create(protocol);
        digest.Append(userKey);
        digest.Append(engineId);
        digest.Append(userKey);
        var key = new byte[digest.Length];
        digest.Finish(key);
        return key;
    }

    /// <summary>draft-blumenthal-aes-usm-04 section 3.1.2.1: hash what there is of the key and append it, until it is long enough.</summary>
    public static byte[] ExtendBlumenthal(AuthProtocol protocol, byte[] localised, int length)
    {
        using var digest = UsmDigest.Create(protocol);
        var key = localised;
        while (key.Length < length)
        {
            var more = new byte[digest.Length];
            digest.Append(key);
            digest.Finish(more);
            key = [.. key, .. more];
        }

        return key;
    }

    /// <summary>
    /// draft-reeder-snmpv3-usm-3desede-00 section 2.1: take the last localised key for a password, make a key of it and localise that. As slow as a
    /// password, for each engine.
    /// </summary>
    public static byte[] ExtendReeder(AuthProtocol protocol, byte[] localised, ReadOnlySpan<byte> engineId, int length)
    {
        var key = localised;
        var last = localised;
        while (key.Length < length)
        {
            last = Localise(protocol, FromPassword(protocol, last), engineId);
            key = [.. key, .. last];
        }

        return key;
    }
}
