using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NocMonitor.Testing;

/// <summary>A mail server on loopback that records what it is told and can misbehave at any command.</summary>
public sealed class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public FakeSmtpServer()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What EHLO offers, a line each.</summary>
    public IReadOnlyList<string> Offers { get; set; } = ["8BITMIME"];

    /// <summary>Used for STARTTLS, and from the first byte when <see cref="ImplicitTls"/>.</summary>
    public X509Certificate2? Certificate { get; set; }

    public bool ImplicitTls { get; set; }

    /// <summary>The reply to a command in place of the usual one; null for the usual one, empty for none at all. "GREETING" and "TEXT" are asked too.</summary>
    public Func<string, string?> Reply { get; set; } = _ => null;

    /// <summary>All commands of all connections in order.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>The texts between DATA and the dot, dots still doubled.</summary>
    public List<string> Texts { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            return;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            Stream stream = client.GetStream();
            if (ImplicitTls)
            {
                stream = await SecureAsync(stream);
            }

            await SayAsync(stream, "GREETING", "220 fake ESMTP");
            while (await ReadLineAsync(stream) is { } line)
            {
                Commands.Add(line);
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "STARTTLS" && Reply(line) is null)
                {
                    await WriteAsync(stream, "220 go ahead");
                    stream = await SecureAsync(stream);
                    continue;
                }

                await SayAsync(stream, line, Usual(verb));
                if (verb == "DATA" && Reply(line) is null)
                {
                    Texts.Add(await ReadTextAsync(stream));
                    await SayAsync(stream, "TEXT", "250 queued");
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            Commands.Add($"({exception.GetType().Name})");
        }
    }

    private string Usual(string verb) => verb switch
    {
        "EHLO" => string.Join("\r\n", Offers.Prepend("fake").Select((offer, i) => i == Offers.Count ? $"250 {offer}" : $"250-{offer}")),
        "AUTH" => "235 in",
        "DATA" => "354 go ahead",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private async Task SayAsync(Stream stream, string command, string usual)
    {
        var reply = Reply(command) ?? usual;
        if (reply.Length > 0)
        {
            await WriteAsync(stream, reply);
        }
    }

    private async Task WriteAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _stop.Token);

    private async Task<SslStream> SecureAsync(Stream stream)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
        return tls;
    }

    private async Task<string> ReadTextAsync(Stream stream)
    {
        var text = new StringBuilder();
        while (await ReadLineAsync(stream) is { } line && line != ".")
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var next = new byte[1];
        while (await stream.ReadAsync(next, _stop.Token) > 0)
        {
            if (next[0] == '\n')
            {
                return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(next[0]);
        }

        return null;
    }
}
