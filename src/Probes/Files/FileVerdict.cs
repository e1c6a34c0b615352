using NocMonitor.Configuration;

namespace NocMonitor.Probes.Files;

/// <summary>Holds what was found against the limits. Gives the reasons in words, none when all is as expected.</summary>
internal sealed class FileVerdict(FileProbeOptions limits, DateTimeOffset now)
{
    private readonly List<string> _reasons = [];

    /// <summary>All broken limits in one sentence; null when none is.</summary>
    public string? Error => _reasons.Count == 0 ? null : string.Join("; ", _reasons);

    public void JudgePresence(bool present, string absentReason, string presentReason)
    {
        switch (limits.Expect)
        {
            case FileExpectation.Present when !present:
                _reasons.Add(absentReason);
                break;
            case FileExpectation.Absent when present:
                _reasons.Add(presentReason);
                break;
        }
    }

    /// <param name="name">How the reasons call the file, such as <c>newest match db.bak</c>.</param>
    public void JudgeFile(string name, in MatchedFile file)
    {
        var age = now - file.Written;
        Check(limits.MaxAge > TimeSpan.Zero && age > limits.MaxAge,
            () => $"{name} is {Words(age)} old, limit {Duration.Format(limits.MaxAge)}");
        var bytes = file.Bytes;
        Check(limits.MinSize > 0 && bytes < limits.MinSize, () => $"{name} has {bytes} bytes, at least {limits.MinSize} expected");
        Check(limits.MaxSize > 0 && bytes > limits.MaxSize, () => $"{name} has {bytes} bytes, at most {limits.MaxSize} expected");
    }

    public void JudgeMatches(FileMatches matches)
    {
        var count = matches.Count;
        if (matches.Newest is { } newest)
        {
            JudgeFile($"newest match {newest.Name}", newest);
        }
        else
        {
            Check(count > 0 && (limits.MaxAge > TimeSpan.Zero || limits.MinSize > 0),
                () => $"all {count} matches were written within the last {Duration.Format(limits.SettleTime)}");
        }

        if (matches.Oldest is { } oldest && limits.MaxOldestAge > TimeSpan.Zero && now - oldest.Written > limits.MaxOldestAge)
        {
            _reasons.Add($"oldest match {oldest.Name} is {Words(now - oldest.Written)} old, limit {Duration.Format(limits.MaxOldestAge)}");
        }

        Check(count < limits.MinCount, () => $"{count} matches, at least {limits.MinCount} expected");
        Check(limits.MaxCount > 0 && count > limits.MaxCount, () => $"{count} matches, at most {limits.MaxCount} expected");
        Check(limits.MaxTotalSize > 0 && matches.TotalBytes > limits.MaxTotalSize,
            () => $"matches have {matches.TotalBytes} bytes together, at most {limits.MaxTotalSize} expected");
    }

    private static string Words(TimeSpan age) => Duration.Format(TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)));

    private void Check(bool broken, Func<string> reason)
    {
        if (broken)
        {
            _reasons.Add(reason());
        }
    }
}
