using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace NocMonitor.Probes.Ntp;

/// <summary>What came back: a sample, or what is wrong with what came instead.</summary>
internal readonly record struct NtpReply(NtpSample? Sample, string Fault);

/// <summary>Asks a server for the time, each time from a new port with a new random number that the answer must repeat. Stateless.</summary>
internal sealed class NtpClient(TimeProvider time)
{
    private const int LargestMessage = 1024;
    private const int MostStrangers = 64;

    /// <exception cref="SocketException">The server cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">Nothing came in time.</exception>
    public async ValueTask<NtpReply> AskAsync(IPEndPoint server, CancellationToken token)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, token);
        var buffer = new byte[LargestMessage];
        var nonce = NewNonce();
        NtpPacket.WriteRequest(buffer, nonce);
        var sent = time.GetUtcNow();
        var started = time.GetTimestamp();
        await socket.SendAsync(buffer.AsMemory(0, NtpPacket.Length), token);
        var fault = "";
        try
        {
            for (var strangers = 0; strangers < MostStrangers; strangers++)
            {
                var length = await socket.ReceiveAsync(buffer.AsMemory(), token);
                var elapsed = time.GetElapsedTime(started);
                if (NtpPacket.TryRead(buffer.AsSpan(0, length), nonce, out var packet, out fault))
                {
                    return new NtpReply(NtpSample.Of(packet, sent, elapsed), "");
                }
            }

            return new NtpReply(null, $"{MostStrangers} datagrams came that are no answer; of the last, {fault}");
        }
        catch (OperationCanceledException) when (fault.Length > 0)
        {
            return new NtpReply(null, $"what came is no answer: {fault}");
        }
    }

    private static ulong NewNonce()
    {
        Span<byte> nonce = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(nonce);
        return BitConverter.ToUInt64(nonce);
    }
}
