using Microsoft.Extensions.Logging;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Polling.Plans;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Finding out who a device is and what of its profile it has.</summary>
internal sealed partial class DevicePoller
{
    /// <summary>Finds the device's plan; null, with the reason in the report, when there is none.</summary>
    private async ValueTask<TalkingDevice?> IdentifyAsync(TalkingDevice device, DeviceAnswers answers, PollReport report, CancellationToken token)
    {
        _identity = null;
        if (setup.Plans.Find(target.Profile, answers.ObjectId, answers.Description) is not { } plan)
        {
            report.Fail(ResultCode.ProbeFailed, $"there is no profile {target.Profile}");
            return null;
        }

        if (plan.AvoidsBulk && device.Device.Target.Options.MaxRepetitions > 0)
        {
            if (Open(device.Device.Target.EndPoint, target.Requests with { MaxRepetitions = 0 }, report) is not { } other)
            {
                return null;
            }

            device = other;
        }

        var presences = await FindPresencesAsync(device, plan, report, token);
        _identity = new DeviceIdentity(plan, answers.ObjectId, presences, setup.Time.GetTimestamp());
        if (setup.Log.IsEnabled(LogLevel.Information))
        {
            SnmpLog.Identified(setup.Log, target.Name, answers.ObjectId.ToString(), answers.Description, plan.Profile.Length > 0 ? plan.Profile : "none");
        }

        return device;
    }

    /// <summary>Which of the plan's subtrees have anything in them.</summary>
    private async ValueTask<IReadOnlySet<int>> FindPresencesAsync(TalkingDevice device, PollPlan plan, PollReport report, CancellationToken token)
    {
        var found = new HashSet<int>();
        for (var i = 0; i < plan.Presences.Count; i++)
        {
            var table = setup.Tables.Rent(1);
            var group = new WalkGroup($"presence of {plan.Presences[i]}", [plan.Presences[i]], 1);
            var walk = await device.WalkAsync(group, table, WalkLimits.Usual with { Rows = 1, Time = setup.TableTimeout }, report, token);
            if (walk.Outcome is SnmpOutcome.Answered or SnmpOutcome.LimitReached && table.Count > 0)
            {
                found.Add(i);
            }

            setup.Tables.Return(table);
        }

        return found;
    }
}
