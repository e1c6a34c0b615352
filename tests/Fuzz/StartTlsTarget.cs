using NocMonitor.Probes.Tls;

namespace NocMonitor.Fuzz;

/// <summary>What a server can say before TLS begins. The first byte chooses the protocol, the rest is what the server sends, in small pieces.</summary>
internal static class StartTlsTarget
{
    private static readonly TlsService[] Services = [TlsService.Smtp, TlsService.Imap, TlsService.Ldap, TlsService.Postgres];

    public static void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        var service = Services[input[0] % Services.Length];
        using var stream = new OneSidedStream(input[1..].ToArray());
        var answer = StartTls.RunAsync(service, stream, CancellationToken.None);
        if (!answer.IsCompletedSuccessfully || answer.Result is { Length: 0 or > 200 })
        {
            throw new InvalidOperationException("no answer at once, or not in few words");
        }
    }

    /// <summary>Gives what a server says three bytes at a time and swallows what is said to it.</summary>
    private sealed class OneSidedStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 3)], cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
