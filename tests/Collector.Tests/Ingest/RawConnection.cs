using System.Net.Sockets;
using System.Text;

namespace NocMonitor.Collector.Tests.Ingest;

/// <summary>A client that writes what it likes and reads until the server closes.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private NetworkStream _stream = null!;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._tcp.ConnectAsync(address.Host, address.Port);

        // Taken now: the client gives none once either side has closed.
        connection._stream = connection._tcp.GetStream();
        return connection;
    }

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Says that nothing more will come, and goes on reading.</summary>
    public void EndSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset.</summary>
    public void Reset()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Close();
    }

    /// <summary>What the server says until it closes or resets.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(buffer) is var count and > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            text.Append("(reset)");
        }

        return text.ToString();
    }

    /// <summary>One read: the head of an answer on a connection that stays.</summary>
    public async Task<string> ReadSomeAsync()
    {
        var buffer = new byte[4096];
        return Encoding.Latin1.GetString(buffer, 0, await _stream.ReadAsync(buffer));
    }

    public void Dispose() => _tcp.Dispose();
}
