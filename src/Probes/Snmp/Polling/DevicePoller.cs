using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>
/// Polls one device: who it is, its scalars, its tables, one after the other. Whatever the device does is a point, never an exception. Polls of one poller
/// never overlap; between them it keeps what it found out.
/// </summary>
internal sealed partial class DevicePoller(SnmpTargetOptions target, PollSetup setup) : IDisposable
{
    /// <summary>Who a device is, and which of its tables are empty, is found out anew after so long.</summary>
    private static readonly TimeSpan IdentityHolds = TimeSpan.FromHours(1);

    private static readonly TimeSpan ResolveLimit = TimeSpan.FromSeconds(5);

    private TalkingDevice? _device;
    private DeviceIdentity? _identity;
    private long? _lastUptime;
    private Point? _own;
    private int _overruns;

    public string Host => target.Name;

    /// <summary>A poll was left out because the one before still ran; any thread.</summary>
    public void NoteOverrun() => Interlocked.Increment(ref _overruns);

    /// <summary>One poll. Throws only when it is cancelled.</summary>
    public async Task PollAsync(IPointSink points, CancellationToken token)
    {
        var report = new PollReport(setup.Time.GetUtcNow());
        var started = setup.Time.GetTimestamp();
        DeviceAnswers? answers = null;
        if (await OpenAsync(report, token) is { } device)
        {
            answers = await AskAsync(device, points, report, token);
        }

        points.Add(DevicePoint(report, answers, setup.Time.GetElapsedTime(started)));
        _own = null;
    }

    public void Dispose() => _device?.Dispose();

    /// <summary>The device at its present address; null, with the reason in the report, when it has none.</summary>
    private async ValueTask<TalkingDevice?> OpenAsync(PollReport report, CancellationToken token)
    {
        var names = await setup.Names.FindAsync(target.Host, target.Family, ResolveLimit, token);
        if (!names.Found)
        {
            report.Fail(ResultCode.NameNotResolved, names.Error);
            return null;
        }

        if (_device is { } known && names.Addresses.Contains(known.Device.Target.EndPoint.Address))
        {
            return known;
        }

        return Open(new IPEndPoint(names.Addresses[0], target.Port), target.Requests, report);
    }

    private TalkingDevice? Open(IPEndPoint address, SnmpRequestOptions options, PollReport report)
    {
        _device?.Dispose();
        (_device, _identity) = (null, null);
        try
        {
            _device = new TalkingDevice(setup.Engine.Open(new SnmpTarget(target.Name, address, target.Credentials, options)), target.Name, setup.Log);
        }
        catch (SocketException exception)
        {
            report.Fail(ResultCode.ProbeFailed, $"this machine opens no socket for {address.AddressFamily}: {exception.Message}");
        }
        catch (CryptographicException exception)
        {
            report.Fail(ResultCode.ProbeFailed, $"this machine cannot do what the credentials ask for: {exception.Message}");
        }

        return _device;
    }

    /// <summary>All questions of a poll; null when the device does not answer at all.</summary>
    private async ValueTask<DeviceAnswers?> AskAsync(TalkingDevice device, IPointSink points, PollReport report, CancellationToken token)
    {
        var (answers, values) = await GetAsync(device, report, token);
        if (answers is null)
        {
            return null;
        }

        if (!IsStillThe(answers))
        {
            if (await IdentifyAsync(device, answers, report, token) is not { } identified)
            {
                return answers;
            }

            // The profile's scalars are known only now, and a profile may ask for another way of asking.
            (device, (_, values)) = (identified, await GetAsync(identified, report, token));
        }

        _lastUptime = answers.Uptime;
        if (values is not null && _identity is { } identity)
        {
            var poll = new DevicePoll(target, setup, device, identity, answers, report);
            _own = poll.Own;
            await poll.RunAsync(values, points, token);
        }

        return answers;
    }

    /// <summary>The names every device is asked and, once it is known, the scalars of its plan, in one go.</summary>
    private async ValueTask<(DeviceAnswers? Answers, IReadOnlyList<SnmpValue>? Scalars)> GetAsync(TalkingDevice device, PollReport report, CancellationToken token)
    {
        var question = _identity?.Question ?? ScalarQuestion.First;
        var answer = await device.GetAsync(question.Names, report, token);
        if (!answer.IsAnswered)
        {
            report.Fail(answer.Outcome, answer.Error);
            return (null, null);
        }

        if (device.Device.EngineIdSharedWith is { } other)
        {
            report.Warn($"the engine id is that of {other} too, which RFC 3411 forbids: answers may be refused");
        }

        return (DeviceAnswers.Of(answer.Values), [.. question.Places.Select(place => answer.Values[place])]);
    }

    private bool IsStillThe(DeviceAnswers answers) =>
        _identity is { } identity && identity.ObjectId == answers.ObjectId && !(answers.Uptime < _lastUptime)
        && setup.Time.GetElapsedTime(identity.FoundAt) < IdentityHolds;

    private Point DevicePoint(PollReport report, DeviceAnswers? answers, TimeSpan duration)
    {
        var point = new Point("snmp").At(report.Started).Tag("host", target.Name);
        foreach (var (key, value) in target.Tags)
        {
            point.Tag(key, value);
        }

        report.AddTo(point, duration);
        point.Field("overruns", (long)Interlocked.Exchange(ref _overruns, 0));
        if (_identity is { } identity)
        {
            AddText(point, "profile", identity.Plan.Profile);
            AddText(point, "vendor", identity.Plan.Vendor);
        }

        if (answers is null)
        {
            return point;
        }

        if (answers.Uptime is { } uptime)
        {
            point.Field("sys_uptime", uptime);
        }

        if (answers.EngineTime is { } engineTime)
        {
            point.Field("engine_uptime", engineTime);
        }

        foreach (var (name, value) in _own?.Fields ?? [])
        {
            point.Field(name, value);
        }

        AddText(point, "sysName", answers.Name);
        AddText(point, "sysDescr", answers.Description);
        AddText(point, "sysObjectID", answers.ObjectId.ToString());
        AddText(point, "sysLocation", answers.Location);
        AddText(point, "sysContact", answers.Contact);
        return point;
    }

    private static void AddText(Point point, string field, string text)
    {
        if (text.Length > 0)
        {
            point.Field(field, text);
        }
    }
}
