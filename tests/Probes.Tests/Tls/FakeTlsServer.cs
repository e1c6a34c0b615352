using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NocMonitor.Probes.Tests.Tcp;

namespace NocMonitor.Probes.Tests.Tls;

/// <summary>A server that first holds a conversation in bytes and then secures the connection: each step sends some bytes or awaits some.</summary>
internal sealed class FakeTlsServer : IAsyncDisposable
{
    private readonly ScriptedTcpPeer _peer;

    /// <param name="certificates">The server's own first, then those it shows with it.</param>
    /// <param name="prelude">Texts in Latin 1: <c>&lt;</c> in front awaits the rest, else it is sent.</param>
    public FakeTlsServer(X509Certificate2Collection certificates, IPAddress? address = null, params string[] prelude) =>
        _peer = new ScriptedTcpPeer(address ?? IPAddress.Loopback, (socket, stop) => ServeAsync(socket, certificates, prelude, stop));

    public int Port => _peer.Port;

    /// <summary>The name the client asked for.</summary>
    public string? AskedName { get; private set; }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private async Task ServeAsync(Socket socket, X509Certificate2Collection certificates, string[] prelude, CancellationToken stop)
    {
        try
        {
            await using var plain = new NetworkStream(socket, ownsSocket: false);
            foreach (var step in prelude)
            {
                await (step.StartsWith('<') ? AwaitAsync(plain, step[1..], stop) : plain.WriteAsync(Encoding.Latin1.GetBytes(step), stop).AsTask());
            }

            if (certificates.Count > 0)
            {
                await SecureAsync(plain, certificates, stop);
            }

            await plain.CopyToAsync(Stream.Null, stop);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            TestContext.Out.WriteLine($"the client hung up: {exception.Message}");
        }
    }

    private async Task SecureAsync(Stream plain, X509Certificate2Collection certificates, CancellationToken stop)
    {
        await using var secured = new SslStream(plain, leaveInnerStreamOpen: true);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificates[0], new X509Certificate2Collection(certificates.Skip(1).ToArray()), offline: true),
        };
        await secured.AuthenticateAsServerAsync((_, hello, _, _) =>
        {
            AskedName = hello.ServerName;
            return ValueTask.FromResult(options);
        }, null, stop);
        await secured.CopyToAsync(Stream.Null, stop);
    }

    private static async Task AwaitAsync(Stream stream, string expected, CancellationToken stop)
    {
        var bytes = new byte[Encoding.Latin1.GetByteCount(expected)];
        await stream.ReadExactlyAsync(bytes, stop);
        Assert.That(Encoding.Latin1.GetString(bytes), Is.EqualTo(expected));
    }
}
