namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>HMAC over SHA-224 (RFC 2104). Keys of USM are as long as the hash and so never longer than its block.</summary>
internal sealed class Sha224Mac : UsmDigest
{
    private readonly Sha224Digest _digest = new();
    private readonly byte[] _inner = new byte[Sha224Digest.BlockSize];
    private readonly byte[] _outer = new byte[Sha224Digest.BlockSize];

    public Sha224Mac(ReadOnlySpan<byte> key)
    {
        key.CopyTo(_inner);
        key.CopyTo(_outer);
        for (var i = 0; i < Sha224Digest.BlockSize; i++)
        {
            _inner[i] ^= 0x36;
            _outer[i] ^= 0x5C;
        }

        _digest.Append(_inner);
    }

    public override int Length => Sha224Digest.HashSize;

    public override void Append(ReadOnlySpan<byte> data) => _digest.Append(data);

    public override void Finish(Span<byte> hash)
    {
        _digest.Finish(hash);
        _digest.Append(_outer);
        _digest.Append(hash[..Sha224Digest.HashSize]);
        _digest.Finish(hash);
        _digest.Append(_inner);
    }

    public override void Dispose()
    {
        Array.Clear(_inner);
        Array.Clear(_outer);
        _digest.Dispose();
    }
}
