using System.Buffers;

namespace NocMonitor.Probes.Http;

/// <summary>The body of an answer: counted, and kept only when something is to be found in it. One owner; dispose it to give the memory back.</summary>
internal sealed class HttpBody(int limit, bool keep) : IDisposable
{
    private const int FirstBytes = 4096;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, keep ? Length : 0);

    /// <summary>Takes what fits. False when the body has become longer than the limit.</summary>
    public bool Append(ReadOnlySpan<byte> part)
    {
        var fits = part.Length <= limit - Length;
        part = fits ? part : part[..(limit - Length)];
        if (keep)
        {
            Fit(Length + part.Length);
            part.CopyTo(_bytes.AsSpan(Length));
        }

        Length += part.Length;
        return fits;
    }

    public void Dispose() => Replace([]);

    private void Fit(int size)
    {
        if (size > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, Math.Max(size, Math.Min(limit, _bytes.Length * 2))));
            _bytes.AsSpan(0, Length).CopyTo(larger);
            Replace(larger);
        }
    }

    private void Replace(byte[] bytes)
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = bytes;
    }
}
