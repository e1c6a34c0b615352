using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Dns;

/// <summary>What came back: an answer to the question, or what is wrong with what came instead.</summary>
internal readonly record struct DnsReply(DnsResponse? Response, string Fault);

/// <summary>Asks a server one question over UDP, and over TCP when the answer did not fit, each with a socket and an id of its own. Stateless.</summary>
internal sealed class DnsClient(DnsProtocol protocol, bool recursive)
{
    // Without EDNS a datagram has 512 bytes at most; servers that send more are read all the same.
    private const int LargestDatagram = 4096;
    private const int MostStrangers = 64;

    /// <exception cref="SocketException">The server cannot be reached.</exception>
    public async ValueTask<DnsReply> AskAsync(IPEndPoint server, DnsQuestion question, CancellationToken token)
    {
        if (protocol == DnsProtocol.Tcp)
        {
            return await AskTcpAsync(server, question, token);
        }

        var reply = await AskUdpAsync(server, question, token);
        if (reply.Response is not { Truncated: true })
        {
            return reply;
        }

        try
        {
            return await AskTcpAsync(server, question, token);
        }
        catch (SocketException exception)
        {
            return new DnsReply(reply.Response, $"the answer did not fit into a datagram, and over TCP: {AttemptOutcome.Of(exception).Reason}");
        }
    }

    /// <summary>A datagram that is no answer to the question proves nothing, anybody can send one: the right one is awaited on.</summary>
    private async ValueTask<DnsReply> AskUdpAsync(IPEndPoint server, DnsQuestion question, CancellationToken token)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, token);
        var buffer = ArrayPool<byte>.Shared.Rent(LargestDatagram);
        var fault = "";
        try
        {
            var id = NewId();
            question.WriteQuery(buffer, id, recursive);
            await socket.SendAsync(buffer.AsMemory(0, question.QueryLength), token);
            for (var strangers = 0; strangers < MostStrangers; strangers++)
            {
                var length = await socket.ReceiveAsync(buffer.AsMemory(), token);
                if (DnsResponse.Read(buffer.AsSpan(0, length), question, id, out fault) is { } response)
                {
                    return new DnsReply(response, "");
                }
            }

            return new DnsReply(null, $"{MostStrangers} datagrams came that are no answer; of the last, {fault}");
        }
        catch (OperationCanceledException) when (fault.Length > 0)
        {
            return new DnsReply(null, $"what came is no answer: {fault}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<DnsReply> AskTcpAsync(IPEndPoint server, DnsQuestion question, CancellationToken token)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, token);
        var buffer = ArrayPool<byte>.Shared.Rent(ushort.MaxValue);
        try
        {
            var id = NewId();
            BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)question.QueryLength);
            question.WriteQuery(buffer.AsSpan(2), id, recursive);
            for (var sent = 0; sent < 2 + question.QueryLength;)
            {
                sent += await socket.SendAsync(buffer.AsMemory(sent, 2 + question.QueryLength - sent), token);
            }

            var length = await FillAsync(socket, buffer.AsMemory(0, 2), token) ? BinaryPrimitives.ReadUInt16BigEndian(buffer) : -1;
            if (length < 0 || !await FillAsync(socket, buffer.AsMemory(0, length), token))
            {
                return new DnsReply(null, "the server closed the TCP connection before its answer was complete");
            }

            var response = DnsResponse.Read(buffer.AsSpan(0, length), question, id, out var fault);
            return new DnsReply(response, response is null ? $"what came over TCP is no answer: {fault}" : "");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>False when the peer closed before the buffer was full.</returns>
    private static async ValueTask<bool> FillAsync(Socket socket, Memory<byte> buffer, CancellationToken token)
    {
        while (buffer.Length > 0)
        {
            var read = await socket.ReceiveAsync(buffer, token);
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
        }

        return true;
    }

    private static ushort NewId() => (ushort)RandomNumberGenerator.GetInt32(1 << 16);
}
