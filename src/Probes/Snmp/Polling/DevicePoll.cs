using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>
/// The part of a poll that follows the plan: walks each group of columns when the first entry needs it and makes the entry's points at once, so that a
/// table that hangs costs itself and what is made of it. Used for one poll.
/// </summary>
internal sealed class DevicePoll(
    SnmpTargetOptions target, PollSetup setup, TalkingDevice device, DeviceIdentity identity, DeviceAnswers answers, PollReport report)
{
    private const string OwnMeasurement = "snmp";

    /// <summary>A fall by nearly 2^32 hundredths of a second is the counter of 497 days at its end.</summary>
    private const long UptimeWrap = uint.MaxValue - 360_000;

    private readonly RowTable?[] _tables = new RowTable?[identity.Plan.Groups.Count];
    private readonly bool[] _isTried = new bool[identity.Plan.Groups.Count];
    private readonly Dictionary<string, DateTimeOffset> _times = new(StringComparer.Ordinal);
    private bool _isLost;

    /// <summary>Further fields of the device's own point: what its profile says about it.</summary>
    public Point Own { get; } = new(OwnMeasurement);

    /// <param name="scalars">Answers to the scalars of the identity, in their order.</param>
    public async ValueTask RunAsync(IReadOnlyList<SnmpValue> scalars, IPointSink points, CancellationToken token)
    {
        try
        {
            KeepScalars(scalars);
            var reader = new RowReader(_tables) { Uptime = answers.Uptime };
            var made = new EntryPoints(reader, _tables) { DeviceTags = DeviceTags(reader) };
            AddMetadata(reader);
            var counted = new CountedSink(points);
            for (var i = 0; i < identity.Plan.Entries.Count && !_isLost; i++)
            {
                if (IsDue(i))
                {
                    await AddAsync(i, reader, made, counted, token);
                }

                GiveBack(i);
            }

            report.Points = counted.Count;
        }
        finally
        {
            foreach (var table in _tables.OfType<RowTable>())
            {
                setup.Tables.Return(table);
            }
        }
    }

    private async ValueTask AddAsync(int index, RowReader reader, EntryPoints made, IPointSink points, CancellationToken token)
    {
        var entry = identity.Plan.Entries[index];

        // One time for all points of a measurement, so that two entries about the same row are one point.
        if (!_times.TryGetValue(entry.Measurement, out var time))
        {
            time = entry.IsScalar ? report.Started : setup.Time.GetUtcNow();
            _times.Add(entry.Measurement, time);
        }

        foreach (var group in entry.Needs)
        {
            if (!await HasAsync(group, token))
            {
                return;
            }
        }

        if (entry.WithUptime && await HasRestartedAsync(reader, token))
        {
            report.FailTable(entry.Name, "the device started again while its counters were read");
            return;
        }

        identity.NotePolled(index, setup.Time.GetTimestamp());
        if (entry is { IsScalar: true, Measurement: OwnMeasurement, Tags.Count: 0, StaticTags.Count: 0 })
        {
            made.Add(entry, time, new OwnSink(Own));
        }
        else
        {
            made.Add(entry, time, points);
        }
    }

    /// <summary>
    /// True when the device's time ran backwards during the walk: some of the counters are then from before and some from after, and under neither time would
    /// the next difference be right.
    /// </summary>
    private async ValueTask<bool> HasRestartedAsync(RowReader reader, CancellationToken token)
    {
        if (reader.Uptime is not { } before)
        {
            return false;
        }

        var answer = await device.GetAsync([DeviceNames.Uptime], report, token);
        return answer.IsAnswered && answer.Values[0].TryGetInt64(out var now) && now < before && before - now < UptimeWrap;
    }

    private void AddMetadata(RowReader reader)
    {
        reader.MoveTo(PollPlan.ScalarGroup, 0);
        foreach (var field in identity.Plan.Metadata)
        {
            foreach (var plan in field.Alternatives)
            {
                if (reader.TryRead(plan, out var value) && value.ToString() is { Length: > 0 } text)
                {
                    Own.Field(field.Name, text);
                    break;
                }
            }
        }
    }

    /// <summary>Walks a group unless this poll has it already; false when it failed.</summary>
    private async ValueTask<bool> HasAsync(int index, CancellationToken token)
    {
        if (_isTried[index])
        {
            return _tables[index] is not null;
        }

        _isTried[index] = true;
        var group = identity.Plan.Groups[index];
        if (identity.EmptyAt(index) is { } since && setup.Time.GetElapsedTime(since) < setup.EmptyTableInterval)
        {
            _tables[index] = setup.Tables.Empty;
            return true;
        }

        var table = setup.Tables.Rent(group.Columns.Count);
        var limits = WalkLimits.Usual with { Rows = group.MaxRows ?? setup.MaxRows, Time = setup.TableTimeout };
        var walk = await device.WalkAsync(group, table, limits, report, token);
        if (walk.IsComplete || (walk.Outcome == SnmpOutcome.LimitReached && table.Count >= limits.Rows))
        {
            if (!walk.IsComplete)
            {
                report.Warn($"{group.Name}: {walk.Error}");
            }

            identity.NoteRows(index, table.Count, setup.Time.GetTimestamp());
            _tables[index] = table.Count > 0 ? table : setup.Tables.Empty;
            if (table.Count == 0)
            {
                setup.Tables.Return(table);
            }

            return true;
        }

        // Half a table would look like rows that are gone.
        setup.Tables.Return(table);
        report.FailTable(group.Name, walk.Error);
        await CheckAsync(walk, token);
        return false;
    }

    /// <summary>Gives tables back that no later entry needs.</summary>
    private void GiveBack(int entry)
    {
        foreach (var group in identity.Plan.LastNeeds[entry])
        {
            if (_tables[group] is { } table)
            {
                _tables[group] = null;
                setup.Tables.Return(table);
            }
        }
    }

    /// <summary>After a table without an answer: a device that answers nothing any more is not asked for the other tables.</summary>
    private async ValueTask CheckAsync(WalkResult walk, CancellationToken token)
    {
        if (walk.Outcome is SnmpOutcome.Closed or SnmpOutcome.Refused or SnmpOutcome.NotSent)
        {
            _isLost = true;
            report.Fail(walk.Outcome, walk.Error);
        }
        else if (walk.Outcome == SnmpOutcome.TimedOut)
        {
            var answer = await device.GetAsync([DeviceNames.All[0]], report, token);
            if (!answer.IsAnswered)
            {
                _isLost = true;
                report.Fail(answer.Outcome, $"fell silent during the poll: {answer.Error}");
            }
        }
    }

    private bool IsDue(int index)
    {
        var entry = identity.Plan.Entries[index];
        return identity.Uses(entry)
            && (entry.PollTime == TimeSpan.Zero || identity.PolledAt(index) is not { } last || setup.Time.GetElapsedTime(last) >= entry.PollTime);
    }

    private void KeepScalars(IReadOnlyList<SnmpValue> scalars)
    {
        var table = setup.Tables.Rent(identity.Plan.Scalars.Count);
        _tables[PollPlan.ScalarGroup] = table;
        var row = table.FindOrAdd([]);
        for (var i = 0; i < scalars.Count; i++)
        {
            if (!table[row, identity.Scalars[i].Column].IsPresent)
            {
                table.Set(row, identity.Scalars[i].Column, scalars[i]);
            }
        }

        if (scalars.Any(value => value.IsException))
        {
            identity.KeepScalars(i => !scalars[i].IsException);
        }
    }

    private List<KeyValuePair<string, string>> DeviceTags(RowReader reader)
    {
        var tags = new List<KeyValuePair<string, string>> { new("host", target.Name) };
        tags.AddRange(target.Tags);
        tags.AddRange(identity.Plan.StaticTags);
        reader.MoveTo(PollPlan.ScalarGroup, 0);
        var point = new Point("");
        foreach (var tag in identity.Plan.Tags)
        {
            RowTags.Add(reader, tag, point);
        }

        tags.AddRange(point.Tags);
        return tags;
    }

    private sealed class OwnSink(Point own) : IPointSink
    {
        public void Add(Point point)
        {
            foreach (var (name, value) in point.Fields)
            {
                own.Field(name, value);
            }
        }
    }

    private sealed class CountedSink(IPointSink points) : IPointSink
    {
        public int Count { get; private set; }

        public void Add(Point point)
        {
            Count++;
            points.Add(point);
        }

        public void AddCopy(Point point)
        {
            Count++;
            points.AddCopy(point);
        }
    }
}
