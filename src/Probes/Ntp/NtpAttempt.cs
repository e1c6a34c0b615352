using System.Net;
using System.Net.Sockets;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Ntp;

/// <summary>The samples of one attempt at one server. Used once, by one caller.</summary>
internal sealed class NtpAttempt(NtpOptions options, ProbeContext context)
{
    private readonly NtpClient _client = new(context.Time);
    private readonly List<NtpSample> _good = [];
    private NtpPacket? _last;

    /// <summary>Takes the samples; success when at least one is good, otherwise what became of the last.</summary>
    public async ValueTask<AttemptOutcome> RunAsync(HostPort target, CancellationToken token)
    {
        var lookup = await context.Names.FindAsync(target.Host, options.Family, options.Targets.Timeout / 2, token);
        if (!lookup.Found)
        {
            return AttemptOutcome.Failed(ResultCode.NameNotResolved, lookup.Error);
        }

        var server = new IPEndPoint(lookup.Addresses[0], target.Port);
        var outcome = await TakeSampleAsync(server, token);
        for (var i = 1; i < options.Samples && !token.IsCancellationRequested && _last is not { Stratum: 0 }; i++)
        {
            await Task.Delay(options.SampleInterval, context.Time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            outcome = await TakeSampleAsync(server, token);
        }

        return _good.Count > 0 ? AttemptOutcome.Success : outcome;
    }

    /// <summary>What the samples tell: of the good ones that with the shortest way counts, its offset being the least distorted.</summary>
    public void WriteTo(Point point)
    {
        if (_good.Count > 0)
        {
            var best = _good.MinBy(sample => sample.Delay);
            point.Field("offset", best.Offset).Field("delay", best.Delay).Field("samples", _good.Count);
            WriteServer(point, best.Packet);
            if (_good.Count > 1)
            {
                var squares = _good.Sum(sample => (sample.Offset - best.Offset) * (sample.Offset - best.Offset));
                point.Field("jitter", Math.Sqrt(squares / (_good.Count - 1)));
            }
        }
        else if (_last is { } packet)
        {
            WriteServer(point, packet);
        }
    }

    private static void WriteServer(Point point, NtpPacket packet) => point
        .Field("stratum", packet.Stratum)
        .Field("leap", packet.Leap)
        .Field("reference", packet.Reference)
        .Field("root_delay", packet.RootDelay)
        .Field("root_dispersion", packet.RootDispersion);

    private async ValueTask<AttemptOutcome> TakeSampleAsync(IPEndPoint server, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(options.SampleTimeout, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        try
        {
            var (sample, fault) = await _client.AskAsync(server, both.Token);
            return sample is { } taken ? Judge(taken) : AttemptOutcome.Failed(ResultCode.Mismatch, fault);
        }
        catch (SocketException exception)
        {
            return AttemptOutcome.Of(exception);
        }
        catch (OperationCanceledException)
        {
            return AttemptOutcome.Failed(ResultCode.Timeout, "no answer in time");
        }
    }

    private AttemptOutcome Judge(NtpSample sample)
    {
        _last = sample.Packet;
        if (sample.Packet.Refusal is { Length: > 0 } refusal)
        {
            return AttemptOutcome.Failed(ResultCode.Mismatch, refusal);
        }

        _good.Add(sample);
        return AttemptOutcome.Success;
    }
}
