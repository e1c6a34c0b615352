using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NocMonitor.Probes.Ping;

namespace NocMonitor.Probes.Discovery;

/// <summary>How one address stands.</summary>
/// <param name="Problem">Why this machine can ask nobody; empty when it can.</param>
internal readonly record struct SweepAnswer(long Index, IPAddress Address, bool Answers, string Problem);

/// <summary>Pings addresses one after the other over the agent's engine, some hundred under way at once, at a steady rate. One enumeration at a time.</summary>
internal sealed class PingSweep(AddressSet addresses, DiscoveryOptions options, IEchoEngine engine, TimeProvider time)
{
    private const int MostUnderWay = 1024;

    private readonly Channel<EchoRequest> _done = Channel.CreateUnbounded<EchoRequest>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<int, (long Index, int Attempt)> _underWay = [];
    private long _next;
    private long _dueAt = time.GetTimestamp();
    private int _numbers;

    /// <summary>Answers in the order in which they become known. The reader's slowness slows the sweep.</summary>
    public async IAsyncEnumerable<SweepAnswer> RunAsync(long from, [EnumeratorCancellation] CancellationToken token)
    {
        _next = from;
        while (true)
        {
            while (_underWay.Count < MostUnderWay && _next < addresses.Count)
            {
                Submit(_next++, 1, token);
            }

            if (_underWay.Count == 0)
            {
                yield break;
            }

            var request = await _done.Reader.ReadAsync(token);
            if (Judge(request, token) is { } answer)
            {
                yield return answer;
            }
        }
    }

    private SweepAnswer? Judge(EchoRequest request, CancellationToken token)
    {
        _underWay.Remove(request.Target, out var asked);
        if (request.Outcome is EchoOutcome.Lost or EchoOutcome.Starved && asked.Attempt < options.Attempts)
        {
            Submit(asked.Index, asked.Attempt + 1, token);
            return null;
        }

        return new SweepAnswer(
            asked.Index, request.Address, request.Outcome == EchoOutcome.Reply,
            request.Outcome == EchoOutcome.NotSent && request.Reason != SendError.NotPermitted ? request.Reason : "");
    }

    private void Submit(long index, int attempt, CancellationToken token)
    {
        _dueAt = Math.Max(_dueAt + (time.TimestampFrequency / options.Rate), time.GetTimestamp());
        _underWay.Add(++_numbers, (index, attempt));
        engine.Submit(new EchoRequest(addresses[index], _done.Writer)
        {
            Target = _numbers,
            TimeLimit = (long)(options.Timeout.TotalSeconds * time.TimestampFrequency),
            DueAt = _dueAt,
            Token = token,
        });
    }
}
