using System.Net;
using System.Threading.Channels;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Ping;

/// <summary>
/// One round over all targets of a probe: resolves names beside the sending, submits the packets, turns what comes back into points and
/// confirms what changed. All state belongs to <see cref="RunAsync"/>; a name's resolution only submits.
/// </summary>
internal sealed class PingRound(PingOptions options, PingTarget[] targets, IEchoEngine engine, ProbeContext context, CancellationToken token)
{
    private const int MostSentAgain = 2;

    // Waking the threads costs more than a packet does, so packets go out in groups: 10 KiB at a time is nothing to a switch.
    private const int SentTogether = 128;

    private readonly Channel<EchoRequest> _done = Channel.CreateUnbounded<EchoRequest>(new UnboundedChannelOptions { SingleReader = true });
    private readonly long _started = context.Time.GetTimestamp();
    private readonly DateTimeOffset _startedUtc = context.Time.GetUtcNow();
    private readonly List<Task> _resolving = [];
    private int _open = targets.Length;

    public async ValueTask RunAsync(IPointSink points)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            Start(i);
        }

        try
        {
            while (_open > 0 && await _done.Reader.WaitToReadAsync(token))
            {
                while (_done.Reader.TryRead(out var request))
                {
                    Take(request, points);
                }
            }
        }
        finally
        {
            await Task.WhenAll(_resolving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Start(int index)
    {
        var target = targets[index];
        target.StartSample(options.Count);
        target.ConfirmationsLeft = null;
        var lookup = target.Literal is { } address
            ? new ValueTask<NameLookup>(NameLookup.Of(address).Only(options.Family))
            : context.Names.FindAsync(target.Name, options.Family, options.ResolveTimeout, token);
        if (lookup.IsCompletedSuccessfully)
        {
            SubmitFirst(index, lookup.Result);
        }
        else
        {
            _resolving.Add(SubmitResolvedAsync(index, lookup));
        }
    }

    private async Task SubmitResolvedAsync(int index, ValueTask<NameLookup> lookup) => SubmitFirst(index, await lookup);

    private void SubmitFirst(int index, NameLookup lookup)
    {
        if (!lookup.Found)
        {
            new EchoRequest(IPAddress.None, _done.Writer) { Target = index }.Finish(EchoOutcome.NotResolved, lookup.Error);
            return;
        }

        var target = targets[index];
        target.Address = PingTarget.Plain(lookup.Addresses[0]);
        var first = _started + Ticks(options.Spread * ((double)(index - (index % SentTogether)) / targets.Length));
        for (var packet = 0; packet < options.Count; packet++)
        {
            Submit(index, target.Address, first + (Ticks(options.PacketInterval) * packet));
        }
    }

    private void Submit(int index, IPAddress address, long dueAt) => engine.Submit(new EchoRequest(address, _done.Writer)
    {
        Target = index,
        Size = options.Size,
        TimeLimit = Ticks(options.Timeout),
        DueAt = dueAt,
        Token = token,
    });

    private void Take(EchoRequest request, IPointSink points)
    {
        var target = targets[request.Target];
        if (request.Outcome == EchoOutcome.Starved && target.SentAgain < MostSentAgain)
        {
            target.SentAgain++;
            Submit(request.Target, request.Address, context.Time.GetTimestamp());
            return;
        }

        target.Sample.Add(request, request.RoundTrip is { } ticks ? context.Time.GetElapsedTime(0, ticks).TotalMilliseconds : null);
        if (target.Sample.IsComplete)
        {
            Complete(request.Target, target, points);
        }
    }

    private void Complete(int index, PingTarget target, IPointSink points)
    {
        var sample = target.Sample;
        var started = sample.FirstSentAt == 0 ? context.Time.GetUtcNow() : _startedUtc + context.Time.GetElapsedTime(_started, sample.FirstSentAt);
        points.Add(sample.ToPoint(target.Name, options.Timeout).At(started));

        target.ConfirmationsLeft ??= IsNews(target) ? options.Confirmations : 0;
        if (target.ConfirmationsLeft > 0 && sample.IsAboutTarget && target.Address is not null)
        {
            target.ConfirmationsLeft--;
            target.StartSample(1);
            Submit(index, target.Address, sample.LastSentAt + Ticks(options.ConfirmInterval));
            return;
        }

        target.LastResult = sample.ResultCode;
        _open--;
    }

    private static bool IsNews(PingTarget target) =>
        target.LastResult is { } last ? last != target.Sample.ResultCode : target.Sample.ResultCode != ResultCode.Success;

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * context.Time.TimestampFrequency);
}
