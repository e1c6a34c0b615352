using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NocMonitor.Bench.Probes;

/// <summary>The smallest web server there is, in a process of its own so that its cost is not counted: any request, 500 bytes of answer, close.</summary>
internal sealed class HttpPeer : IDisposable
{
    public const string Argument = "--http-peer";

    private readonly Process _process;

    private HttpPeer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<HttpPeer> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument]) { RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("the peer did not start");
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the peer names no port");
        return new HttpPeer(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>What the other process does, until it is ended.</summary>
    public static async Task<int> ServeAsync()
    {
        var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 500\r\nConnection: close\r\n\r\n{new string('x', 500)}");
        var request = new byte[4096];
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);
        while (true)
        {
            using var connection = await listener.AcceptAsync();
            await connection.ReceiveAsync(request);
            await connection.SendAsync(answer);
            connection.Shutdown(SocketShutdown.Send);
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
