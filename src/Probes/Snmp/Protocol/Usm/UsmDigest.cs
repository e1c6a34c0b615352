using System.Security.Cryptography;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>A hash or an HMAC that is fed piece by piece and starts anew after each <see cref="Finish"/>. One thread at a time.</summary>
internal abstract class UsmDigest : IDisposable
{
    /// <summary>The longest hash: SHA-512.</summary>
    public const int LongestHash = 64;

    public abstract int Length { get; }

    public abstract void Append(ReadOnlySpan<byte> data);

    /// <param name="hash">Room for <see cref="Length"/> bytes.</param>
    public abstract void Finish(Span<byte> hash);

    public abstract void Dispose();

    public static UsmDigest Create(AuthProtocol protocol) =>
        NameOf(protocol) is { } name ? new SystemDigest(IncrementalHash.CreateHash(name)) : new Sha224Digest();

    public static UsmDigest CreateMac(AuthProtocol protocol, ReadOnlySpan<byte> key) =>
        NameOf(protocol) is { } name ? new SystemDigest(IncrementalHash.CreateHMAC(name, key)) : new Sha224Mac(key);

    /// <summary>Bytes of the hash, and so of a key made with it.</summary>
    public static int HashLength(AuthProtocol protocol) => protocol switch
    {
        AuthProtocol.MD5 => 16,
        AuthProtocol.SHA1 => 20,
        AuthProtocol.SHA224 => 28,
        AuthProtocol.SHA256 => 32,
        AuthProtocol.SHA384 => 48,
        AuthProtocol.SHA512 => 64,
        _ => 0,
    };

    /// <summary>Bytes of the HMAC that travel in a message: RFC 3414 sections 6 and 7, RFC 7860 section 4.</summary>
    public static int MacLength(AuthProtocol protocol) => protocol switch
    {
        AuthProtocol.MD5 or AuthProtocol.SHA1 => 12,
        AuthProtocol.SHA224 => 16,
        AuthProtocol.SHA256 => 24,
        AuthProtocol.SHA384 => 32,
        AuthProtocol.SHA512 => 48,
        _ => 0,
    };

    /// <summary>The platform's name of the hash; null for SHA-224, which no platform of .NET has.</summary>
    private static HashAlgorithmName? NameOf(AuthProtocol protocol) => protocol switch
    {
        AuthProtocol.MD5 => HashAlgorithmName.MD5,
        AuthProtocol.SHA1 => HashAlgorithmName.SHA1,
        AuthProtocol.SHA224 => null,
        AuthProtocol.SHA256 => HashAlgorithmName.SHA256,
        AuthProtocol.SHA384 => HashAlgorithmName.SHA384,
        AuthProtocol.SHA512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };

    private sealed class SystemDigest(IncrementalHash hash) : UsmDigest
    {
        public override int Length => hash.HashLengthInBytes;

        public override void Append(ReadOnlySpan<byte> data) => hash.AppendData(data);

        public override void Finish(Span<byte> result) => hash.GetHashAndReset(result);

        public override void Dispose() => hash.Dispose();
    }
}
