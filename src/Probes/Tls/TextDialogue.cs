using System.Text;

namespace NocMonitor.Probes.Tls;

/// <summary>A conversation in lines before TLS begins. Lines and their number are bounded. One owner.</summary>
internal sealed class TextDialogue(Stream stream)
{
    private const int LongestLine = 2048;
    private const int MostLines = 100;

    private readonly byte[] _buffer = new byte[LongestLine];
    private int _length;
    private int _lines;

    /// <summary>True when the server has said more than it was asked for.</summary>
    public bool HasRest => _length > 0;

    public ValueTask SayAsync(string line, CancellationToken token) => stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), token);

    /// <summary>The next line without its end; null when there is none: the connection was closed, or the server talks without end.</summary>
    public async ValueTask<string?> HearAsync(CancellationToken token)
    {
        while (true)
        {
            var feed = _buffer.AsSpan(0, _length).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                return ++_lines <= MostLines ? Take(feed + 1) : null;
            }

            var read = _length < LongestLine ? await stream.ReadAsync(_buffer.AsMemory(_length), token) : 0;
            if (read == 0)
            {
                return null;
            }

            _length += read;
        }
    }

    private string Take(int count)
    {
        var line = Encoding.Latin1.GetString(_buffer, 0, count).TrimEnd('\r', '\n');
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
        return line;
    }
}
