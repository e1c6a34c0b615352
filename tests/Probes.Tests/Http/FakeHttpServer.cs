using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NocMonitor.Probes.Tests.Tcp;

namespace NocMonitor.Probes.Tests.Http;

/// <summary>An HTTP server that answers each request with the bytes the test gives, and remembers the requests. One connection at a time.</summary>
internal sealed class FakeHttpServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<string, byte[]?> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly bool _wantClientCertificate;
    private readonly ScriptedTcpPeer _peer;

    /// <param name="answer">The bytes for a request, given with its head and body; null closes without an answer.</param>
    /// <param name="certificate">Makes it an https server.</param>
    public FakeHttpServer(
        Func<string, byte[]?> answer, X509Certificate2? certificate = null, IPAddress? address = null, bool wantClientCertificate = false)
    {
        _answer = answer;
        _certificate = certificate;
        _wantClientCertificate = wantClientCertificate;
        _peer = new ScriptedTcpPeer(address ?? IPAddress.Loopback, ServeAsync);
    }

    public int Port => _peer.Port;

    public IReadOnlyList<string> Requests => [.. _requests];

    public int Connections { get; private set; }

    public string? ClientName { get; private set; }

    /// <summary>An answer in the plainest form.</summary>
    public static byte[] Answer(string body, string status = "200 OK", string headers = "") =>
        Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}");

    public static FakeHttpServer Saying(string body, string status = "200 OK") => new(_ => Answer(body, status));

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        Connections++;
        try
        {
            await using Stream plain = new NetworkStream(socket, ownsSocket: false);
            await using var stream = _certificate is null ? plain : await SecureAsync(plain, stop);
            while (await ReadRequestAsync(stream, stop) is { } request)
            {
                _requests.Enqueue(request);
                if (_answer(request) is not { } answer)
                {
                    return;
                }

                await stream.WriteAsync(answer, stop);
                if (!request.Contains("Connection: keep-alive", StringComparison.Ordinal) && !request.StartsWith("CONNECT", StringComparison.Ordinal))
                {
                    socket.Shutdown(SocketShutdown.Send);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            TestContext.Out.WriteLine($"the client hung up: {exception.Message}");
        }
    }

    private async Task<Stream> SecureAsync(Stream plain, CancellationToken stop)
    {
        var secured = new SslStream(plain);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ClientCertificateRequired = _wantClientCertificate,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null || !_wantClientCertificate,
        }, stop);
        ClientName = secured.RemoteCertificate?.Subject;
        return secured;
    }

    private static async Task<string?> ReadRequestAsync(Stream stream, CancellationToken stop)
    {
        var request = new List<byte>();
        var buffer = new byte[4096];
        while (!IsWhole(request))
        {
            var read = await stream.ReadAsync(buffer, stop);
            if (read == 0)
            {
                return null;
            }

            request.AddRange(buffer[..read]);
        }

        return Encoding.UTF8.GetString([.. request]);
    }

    private static bool IsWhole(List<byte> bytes)
    {
        var request = Encoding.Latin1.GetString([.. bytes]);
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = request.Split("Content-Length: ") is [_, var rest, ..] ? int.Parse(rest.Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture) : 0;
        return end >= 0 && request.Length >= end + 4 + length;
    }
}
