using NocMonitor.Configuration;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Ping;

/// <summary>What the packets of one point came to: loss, round-trip times, and why packets failed. One round owns it.</summary>
internal sealed class PingSample(int packets)
{
    private int _ended;
    private int _transmitted;
    private int _received;
    private int _measured;
    private double _minimum = double.MaxValue;
    private double _maximum;
    private double _mean;
    private double _squares;
    private int _ttl;
    private string? _unreachable;
    private (long ResultCode, string Reason) _notAsked = (Probes.ResultCode.ProbeFailed, "");

    public bool IsComplete => _ended >= packets;

    /// <summary>The timestamp of the first packet that was sent; 0 when none was.</summary>
    public long FirstSentAt { get; private set; }

    /// <summary>The timestamp of the last packet that was sent; 0 when none was.</summary>
    public long LastSentAt { get; private set; }

    public long ResultCode => _received > 0 ? Probes.ResultCode.Success
        : !IsAboutTarget ? _notAsked.ResultCode
        : _unreachable is null ? Probes.ResultCode.Timeout : Probes.ResultCode.ConnectionFailed;

    /// <summary>True when the network has answered or stayed silent, false when this agent could not ask it.</summary>
    public bool IsAboutTarget => _transmitted > 0;

    /// <param name="milliseconds">The round-trip time; null for no reply, and for one that could not be measured.</param>
    public void Add(EchoRequest request, double? milliseconds)
    {
        _ended++;
        FirstSentAt = FirstSentAt == 0 ? request.SentAt : FirstSentAt;
        LastSentAt = Math.Max(LastSentAt, request.SentAt);
        switch (request.Outcome)
        {
            case EchoOutcome.Reply:
                _transmitted++;
                _received++;
                _ttl = request.Ttl;
                Measure(milliseconds);
                break;
            case EchoOutcome.Lost:
                _transmitted++;
                break;
            case EchoOutcome.Unreachable:
                _transmitted++;
                _unreachable = request.Reason;
                break;
            case EchoOutcome.NotResolved:
                _ended = packets;
                _notAsked = (Probes.ResultCode.NameNotResolved, request.Reason);
                break;
            default:
                _notAsked = (Probes.ResultCode.ProbeFailed, request.Reason);
                break;
        }
    }

    public Point ToPoint(string target, TimeSpan timeout)
    {
        var point = new Point("ping").Tag("url", target).Tag("host", target);
        if (IsAboutTarget)
        {
            point.Field("packets_transmitted", _transmitted)
                .Field("packets_received", _received)
                .Field("percent_packet_loss", 100.0 * (_transmitted - _received) / _transmitted);
        }

        if (_measured > 0)
        {
            point.Field("minimum_response_ms", _minimum)
                .Field("average_response_ms", _mean)
                .Field("maximum_response_ms", _maximum)
                .Field("standard_deviation_ms", Math.Sqrt(_squares / _measured));
        }

        if (_ttl > 0)
        {
            point.Field("ttl", _ttl);
        }

        point.Field("result_code", ResultCode);
        return ResultCode == Probes.ResultCode.Success ? point : point.Field("error", Error(timeout));
    }

    private string Error(TimeSpan timeout) =>
        !IsAboutTarget ? _notAsked.Reason
        : _unreachable ?? $"no reply to {(_transmitted == 1 ? "a packet" : $"{_transmitted} packets")} within {Duration.Format(timeout)}";

    /// <summary>Welford's running mean and sum of squared distances: exact for long and nearly equal times too.</summary>
    private void Measure(double? milliseconds)
    {
        if (milliseconds is not { } time)
        {
            return;
        }

        _measured++;
        _minimum = Math.Min(_minimum, time);
        _maximum = Math.Max(_maximum, time);
        var distance = time - _mean;
        _mean += distance / _measured;
        _squares += distance * (time - _mean);
    }
}
