using Microsoft.Extensions.Logging;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Asks a device, counts what it took, and says at level debug what was asked and answered. One poller owns it.</summary>
internal sealed class TalkingDevice(SnmpDevice device, string host, ILogger log) : IDisposable
{
    public SnmpDevice Device => device;

    public async ValueTask<SnmpAnswer> GetAsync(IReadOnlyList<Oid> names, PollReport report, CancellationToken token)
    {
        var isLoud = log.IsEnabled(LogLevel.Debug);
        if (isLoud)
        {
            SnmpLog.Asked(log, host, string.Join(' ', names));
        }

        var answer = await device.GetAsync(names, token);
        report.Take(answer);
        for (var i = 0; isLoud && i < answer.Values.Count; i++)
        {
            SnmpLog.Answered(log, host, names[i].ToString(), answer.Values[i].Type.ToString(), answer.Values[i].ToString());
        }

        return answer;
    }

    public async ValueTask<WalkResult> WalkAsync(WalkGroup group, RowTable table, WalkLimits limits, PollReport report, CancellationToken token)
    {
        var isLoud = log.IsEnabled(LogLevel.Debug);
        if (isLoud)
        {
            SnmpLog.Walks(log, host, group.Name, string.Join(' ', group.Columns));
        }

        var walk = await device.WalkAsync(group.Columns, isLoud ? new LoudSink(table, group, host, log) : table, limits, token);
        report.Take(walk, group);
        if (isLoud)
        {
            SnmpLog.Walked(log, host, group.Name, walk.Outcome.ToString(), table.Count, table.Values, walk.Effort.Requests, walk.Effort.Retries, walk.Effort.Elapsed.TotalMilliseconds, walk.Error);
        }

        return walk;
    }

    public void Dispose() => device.Dispose();

    private sealed class LoudSink(RowTable table, WalkGroup group, string host, ILogger log) : IWalkSink
    {
        public void Row(int column, ReadOnlySpan<byte> index, in VarbindView value)
        {
            SnmpLog.Answered(log, host, group.Columns[column].Append(index).ToString(), value.Type.ToString(), value.ToValue().ToString());
            table.Row(column, index, value);
        }
    }
}
