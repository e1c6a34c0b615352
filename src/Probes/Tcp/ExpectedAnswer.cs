using System.Buffers;
using System.Net.Sockets;

namespace NocMonitor.Probes.Tcp;

/// <summary>Why reading an answer ended.</summary>
internal enum AnswerEnd
{
    Found,
    ClosedByPeer,
    TooLong,
}

/// <summary>Reads a connection until the expected text shows, the peer closes or the limit is reached.</summary>
internal static class ExpectedAnswer
{
    // A pattern is tried against all that was read: at each packet while that is little, later once per so many bytes, so
    // that a peer which sends byte by byte cannot make one attempt cost more than a few milliseconds.
    private const int TriedEachTime = 2048;
    private const int TriedEvery = 1024;

    public static async ValueTask<(AnswerEnd End, int Length)> ReadAsync(Socket socket, ExpectedText expected, int limit, CancellationToken token)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(limit);
        try
        {
            var length = 0;
            var searched = 0;
            while (true)
            {
                var read = length < limit ? await socket.ReceiveAsync(buffer.AsMemory(length, limit - length), token) : 0;
                length += read;
                var due = !expected.SearchesAll || length <= TriedEachTime || length - searched >= TriedEvery || read == 0;
                if (due && searched < length)
                {
                    if (expected.IsIn(buffer.AsSpan(0, length), searched))
                    {
                        return (AnswerEnd.Found, length);
                    }

                    searched = length;
                }

                if (read == 0)
                {
                    return (length < limit ? AnswerEnd.ClosedByPeer : AnswerEnd.TooLong, length);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
