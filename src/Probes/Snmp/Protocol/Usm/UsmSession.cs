using System.Security.Cryptography;
using System.Text;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>One user at one engine: signs, verifies, encrypts and decrypts with the keys of the two. One thread at a time.</summary>
internal sealed class UsmSession : IDisposable
{
    private readonly UsmDigest? _mac;
    private readonly UsmCipher? _cipher;

    public UsmSession(SnmpCredentials credentials, ReadOnlySpan<byte> engineId, UsmKeyCache cache)
    {
        var keys = cache.Localise(credentials, engineId);
        Level = credentials.Level;
        EngineId = engineId.ToArray();
        UserName = Encoding.UTF8.GetBytes(credentials.UserName);
        MacLength = UsmDigest.MacLength(credentials.Auth);
        _mac = Level >= SecurityLevel.AuthNoPriv ? UsmDigest.CreateMac(credentials.Auth, keys.Auth) : null;
        _cipher = Level == SecurityLevel.AuthPriv ? UsmCipher.Create(credentials.Priv, keys.Priv) : null;
    }

    public SecurityLevel Level { get; }

    public byte[] EngineId { get; }

    public byte[] UserName { get; }

    /// <summary>Bytes of the digest in a message.</summary>
    public int MacLength { get; }

    public UsmCipher Cipher => _cipher ?? throw new InvalidOperationException("this user's messages are not encrypted");

    public bool HasCipher => _cipher is not null;

    /// <summary>Computes the digest of a message whose authentication parameters are zero and puts it there.</summary>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> parameters)
    {
        Span<byte> mac = stackalloc byte[UsmDigest.LongestHash];
        _mac!.Append(message);
        _mac.Finish(mac);
        mac[..MacLength].CopyTo(parameters);
    }

    /// <summary>Compares a message's digest with what it should be (RFC 3414 section 6.3.2); the parameters are left zero.</summary>
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
        return CryptographicOperations.FixedTimeEquals(mac[..MacLength], received[..MacLength]);
    }

    public void Dispose()
    {
        _mac?.Dispose();
        _cipher?.Dispose();
    }
}
