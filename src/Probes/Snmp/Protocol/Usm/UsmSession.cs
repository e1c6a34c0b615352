using System.Security.Cryptography;
using System.Text;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>One user at one engine: signs, verifies, encrypts and decrypts with the keys of the two. One thread at a time.</summary>
internal sealed class UsmSession : IDisposable
{
    private readonly SnmpCredentials _credentials;
    private readonly UsmKeyCache _keys;
    private readonly UsmDigest? _mac;
    private UsmCipher? _cipher;

    public UsmSession(SnmpCredentials credentials, ReadOnlySpan<byte> engineId, UsmKeyCache keys)
    {
        _credentials = credentials;
        _keys = keys;
        Level = credentials.Level;
        EngineId = engineId.ToArray();
        UserName = Encoding.UTF8.GetBytes(credentials.UserName);
        MacLength = UsmDigest.MacLength(credentials.Auth);
        _mac = Level >= SecurityLevel.AuthNoPriv ? UsmDigest.CreateMac(credentials.Auth, keys.LocaliseAuth(credentials, engineId)) : null;
    }

    public SecurityLevel Level { get; }

    public byte[] EngineId { get; }

    public byte[] UserName { get; }

    /// <summary>Bytes of the digest in a message.</summary>
    public int MacLength { get; }

    /// <summary>Of a user with encryption only. Made when it is first used: after a digest proved right, for its key can be slow to make.</summary>
    public UsmCipher Cipher => _cipher ??= UsmCipher.Create(_credentials.Priv, _keys.LocalisePriv(_credentials, EngineId));

    /// <summary>Computes the digest of a message whose authentication parameters are zero and puts it there.</summary>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> parameters)
    {
        Span<byte> mac = stackalloc byte[UsmDigest.LongestHash];
        _mac!.Append(message);
        _mac.Finish(mac);
        mac[..MacLength].CopyTo(parameters);
    }

    /// <summary>Compares a message's digest with what it should be (RFC 3414 section 6.3.2), and leaves the message as it was.</summary>
    public bool Verify(Span<byte> message, Span<byte> parameters)
    {
        if (_mac is null || parameters.Length != MacLength)
        {
            return false;
        }

        Span<byte> received = stackalloc byte[UsmDigest.LongestHash];
        parameters.CopyTo(received);
        parameters.Clear();
        Span<byte> mac = stackalloc byte[UsmDigest.LongestHash];
        _mac.Append(message);
        _mac.Finish(mac);
        received[..MacLength].CopyTo(parameters);
        return CryptographicOperations.FixedTimeEquals(mac[..MacLength], received[..MacLength]);
    }

    public void Dispose()
    {
        _mac?.Dispose();
        _cipher?.Dispose();
    }
}
