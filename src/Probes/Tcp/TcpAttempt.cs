using System.Net;
using System.Net.Sockets;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Tcp;

/// <summary>One connection to one target and what it took. Used once, by one caller.</summary>
internal sealed class TcpAttempt(HostPort target, TcpOptions options, ProbeContext context)
{
    private readonly long _started = context.Time.GetTimestamp();
    private string _doing = "connect";
    private long? _connecting;

    /// <summary>From the first packet to the end of the exchange; the name's resolution is not in it.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Null when no connection came about.</summary>
    public TimeSpan? ConnectTime { get; private set; }

    public async ValueTask<AttemptOutcome> RunAsync(CancellationToken token)
    {
        try
        {
            return await ExchangeAsync(token);
        }
        catch (SocketException exception)
        {
            var failure = AttemptOutcome.Of(exception);
            return failure with { Reason = $"{_doing}: {failure.Reason}" };
        }
        catch (OperationCanceledException)
        {
            return AttemptOutcome.Failed(ResultCode.Timeout, $"{_doing}: no answer in time");
        }
        finally
        {
            Elapsed = context.Time.GetElapsedTime(_connecting ?? _started);
        }
    }

    private async ValueTask<AttemptOutcome> ExchangeAsync(CancellationToken token)
    {
        // Half the attempt's time, so that a dead resolver leaves some for the last known addresses.
        _doing = "resolve";
        var lookup = await context.Names.FindAsync(target.Host, options.Family, options.Targets.Timeout / 2, token);
        if (!lookup.Found)
        {
            return AttemptOutcome.Failed(ResultCode.NameNotResolved, lookup.Error);
        }

        _doing = "connect";
        using var socket = await ConnectAsync(lookup.Addresses, token);
        ConnectTime = context.Time.GetElapsedTime(_connecting ?? _started);
        if (options.Send.Length > 0)
        {
            _doing = "send";
            await SendAsync(socket, token);
        }

        _doing = "receive";
        return options.Expect is null ? AttemptOutcome.Success : await AwaitAnswerAsync(socket, options.Expect, token);
    }

    /// <summary>The first address that accepts; the error of the last one when none does.</summary>
    private async ValueTask<Socket> ConnectAsync(IReadOnlyList<IPAddress> addresses, CancellationToken token)
    {
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _connecting = context.Time.GetTimestamp();
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], target.Port), token);
                return socket;
            }
            catch (SocketException) when (i + 1 < addresses.Count)
            {
                socket.Dispose();
            }
            catch (Exception)
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private async ValueTask SendAsync(Socket socket, CancellationToken token)
    {
        for (var sent = 0; sent < options.Send.Length;)
        {
            sent += await socket.SendAsync(options.Send.AsMemory(sent), token);
        }
    }

    private async ValueTask<AttemptOutcome> AwaitAnswerAsync(Socket socket, ExpectedText expected, CancellationToken token)
    {
        var (end, length) = await ExpectedAnswer.ReadAsync(socket, expected, options.MaxResponse, token);
        return end switch
        {
            AnswerEnd.Found => AttemptOutcome.Success,
            AnswerEnd.TooLong => AttemptOutcome.Failed(ResultCode.Mismatch, $"the expected text is not in the first {length} bytes of the answer"),
            _ when length == 0 => AttemptOutcome.Failed(ResultCode.Mismatch, "the connection was closed without an answer"),
            _ => AttemptOutcome.Failed(ResultCode.Mismatch, $"the connection was closed after {length} bytes without the expected text"),
        };
    }
}
