using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace NocMonitor.Collector.Notify.Mail;

/// <summary>
/// One connection to a mail server: commands out, replies in, each wait limited in time and each reply in size. One owner; commands never overlap.
/// </summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    /// <summary>RFC 5321 allows reply lines of 512 bytes; some servers write more.</summary>
    private const int LongestLine = 4096;
    private const int MostLines = 100;

    private readonly TcpClient _tcp;
    private readonly TimeSpan _answerTimeout;
    private readonly TimeProvider _time;
    private readonly byte[] _buffer = new byte[LongestLine];
    private Stream _stream;
    private int _filled;

    private SmtpConnection(TcpClient tcp, TimeSpan answerTimeout, TimeProvider time)
    {
        _tcp = tcp;
        _answerTimeout = answerTimeout;
        _time = time;
        _stream = tcp.GetStream();
    }

    public static async Task<SmtpConnection> ConnectAsync(string host, int port, TimeSpan answerTimeout, TimeProvider time, CancellationToken token)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            using var limit = new TimeLimit(answerTimeout, time, token);
            await limit.RunAsync($"connecting to {host}:{port}", inner => tcp.ConnectAsync(host, port, inner).AsTask());
            return new SmtpConnection(tcp, answerTimeout, time);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Puts TLS over the connection and verifies that the certificate is for <paramref name="host"/>.</summary>
    public async Task StartTlsAsync(string host, string? caFile, CancellationToken token)
    {
        if (_filled > 0)
        {
            // What came before the handshake was not protected by it: CVE-2011-0411, injected plain text commands.
            throw new SmtpException("the server sent text ahead of the TLS handshake");
        }

        var options = CertificateTrust.ClientOptions(caFile);
        options.TargetHost = host;
        var tls = new SslStream(_stream);
        _stream = tls;
        using var limit = new TimeLimit(_answerTimeout, _time, token);
        await limit.RunAsync("TLS handshake", inner => tls.AuthenticateAsClientAsync(options, inner));
    }

    public async Task<SmtpReply> CommandAsync(string command, CancellationToken token)
    {
        await WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), token);
        return await ReadReplyAsync(token);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        using var limit = new TimeLimit(_answerTimeout, _time, token);
        await limit.RunAsync("sending", async inner =>
        {
            await _stream.WriteAsync(bytes, inner);
            await _stream.FlushAsync(inner);
        });
    }

    public async Task<SmtpReply> ReadReplyAsync(CancellationToken token)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await ReadLineAsync(token);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code) || code is < 200 or > 599)
            {
                throw new SmtpException("the server does not speak SMTP");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
            {
                return new SmtpReply(code, lines);
            }
        }

        throw new SmtpException("the server's reply has no end");
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    private async Task<string> ReadLineAsync(CancellationToken token)
    {
        while (true)
        {
            var end = _buffer.AsSpan(0, _filled).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Printable(_buffer.AsSpan(0, end).TrimEnd((byte)'\r'));
                _buffer.AsSpan(end + 1, _filled - end - 1).CopyTo(_buffer);
                _filled -= end + 1;
                return line;
            }

            if (_filled == _buffer.Length)
            {
                throw new SmtpException("the server's reply line is too long");
            }

            await FillAsync(token);
        }
    }

    private async Task FillAsync(CancellationToken token)
    {
        using var limit = new TimeLimit(_answerTimeout, _time, token);
        var count = 0;
        await limit.RunAsync("waiting for the server", async inner => count = await _stream.ReadAsync(_buffer.AsMemory(_filled), inner));
        if (count == 0)
        {
            throw new SmtpException("the server closed the connection");
        }

        _filled += count;
    }

    private static string Printable(ReadOnlySpan<byte> line) =>
        string.Create(line.Length, line, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = bytes[i] is >= 0x20 and < 0x7F ? (char)bytes[i] : '?';
            }
        });
}
