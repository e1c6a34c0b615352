using NocMonitor.Configuration;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Files;

/// <summary>
/// One configured path with what must be remembered of it between rounds: its checksum. Rounds do not overlap; everything that touches the file
/// system runs on the guarded call's thread.
/// </summary>
internal sealed class WatchedPath(PathPattern path, FileProbeOptions options, TimeProvider time, GuardedCalls calls)
{
    private readonly ChecksumMemory _checksum = new();

    public async ValueTask<Point> ProbeAsync(CancellationToken token)
    {
        var started = time.GetTimestamp();
        var point = await calls.RunAsync(path.Text, Look, options.Timeout, token)
            ?? Failed(ResultCode.Timeout, $"the file system has not answered for {Duration.Format(SilentFor())}");
        return point.Field("duration_ms", Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 2));
    }

    /// <summary>At least the time limit: a walk that was only slow has ended itself by now and is stuck no more.</summary>
    private TimeSpan SilentFor()
    {
        var stuck = calls.StuckFor(path.Text);
        return stuck > options.Timeout ? stuck : options.Timeout;
    }

    private Point Look(CancellationToken token)
    {
        try
        {
            return path.IsLiteral ? LookAtFile(token) : LookAtMatches(token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed(ResultCode.ProbeFailed, exception.Message);
        }
    }

    private Point LookAtFile(CancellationToken token)
    {
        var verdict = new FileVerdict(options, time.GetUtcNow());
        var target = FindTarget(out var missing);
        verdict.JudgePresence(target is not null, missing, $"{path.Text} is there");
        var point = NewPoint().Field("exists", target is null ? 0 : 1);
        if (target is null)
        {
            return Finish(point, verdict.Error);
        }

        var file = new MatchedFile(target.Name, target is FileInfo info ? info.Length : 0, target.LastWriteTimeUtc);
        point.Field("modification_time", file.WrittenNanoseconds).Field("age_seconds", Math.Round((time.GetUtcNow() - file.Written).TotalSeconds, 1));
        if (target is FileInfo)
        {
            point.Field("size_bytes", file.Bytes);
            if (options.Checksum && AddChecksum(point, target.FullName, file, token) is { } failure)
            {
                return Finish(point, failure, ResultCode.ProbeFailed);
            }
        }

        verdict.JudgeFile(target is FileInfo ? "the file" : "the folder", file);
        return Finish(point, verdict.Error);
    }

    /// <summary>What the path leads to, through symbolic links; null with a reason when there is nothing.</summary>
    private FileSystemInfo? FindTarget(out string missing)
    {
        missing = $"{path.Text} does not exist";
        try
        {
            // Exists would call a file below an unreadable folder missing; GetAttributes tells the two apart by throwing.
            var attributes = File.GetAttributes(path.Folder);
            if ((attributes & FileAttributes.ReparsePoint) != 0 && File.ResolveLinkTarget(path.Folder, returnFinalTarget: true) is { } target)
            {
                missing = $"{path.Text} is a link to {target.FullName}, which does not exist";
                return target.Exists ? target : null;
            }

            return (attributes & FileAttributes.Directory) != 0 ? new DirectoryInfo(path.Folder) : new FileInfo(path.Folder);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string? AddChecksum(Point point, string target, in MatchedFile file, CancellationToken token)
    {
        if (file.Bytes > options.ChecksumLimit)
        {
            return $"no checksum: the file has {file.Bytes} bytes, ChecksumLimit is {options.ChecksumLimit}";
        }

        var changed = _checksum.Update(target, file, token);
        point.Field("checksum", _checksum.Current ?? "").Field("checksum_changed", changed);
        return null;
    }

    private Point LookAtMatches(CancellationToken token)
    {
        var now = time.GetUtcNow();
        var matches = new FolderWalk(path, options.MaxEntries, now - options.SettleTime).Run(token);
        var point = NewPoint();
        if (matches.UnreadableFolders > 0)
        {
            point.Field("unreadable_folders", matches.UnreadableFolders);
        }

        var failure = matches.Incomplete ?? (matches.Count == 0 ? matches.FirstUnreadable : null);
        if (failure is not null)
        {
            return Finish(point, failure, ResultCode.ProbeFailed);
        }

        AddMatches(point, matches, now);
        var verdict = new FileVerdict(options, now);
        var where = matches.FolderMissing ? $"the folder {path.Folder} does not exist" : $"nothing matches {path.Text}";
        verdict.JudgePresence(matches.Count > 0, where, $"{matches.Count} matches, none expected");
        verdict.JudgeMatches(matches);
        return Finish(point, verdict.Error);
    }

    private static void AddMatches(Point point, FileMatches matches, DateTimeOffset now)
    {
        point.Field("count", matches.Count).Field("size_bytes", matches.TotalBytes);
        if (matches.Newest is { } newest)
        {
            point.Field("newest_file", newest.Name)
                .Field("newest_file_size_bytes", newest.Bytes)
                .Field("newest_file_timestamp", newest.WrittenNanoseconds)
                .Field("newest_file_age_seconds", Math.Round((now - newest.Written).TotalSeconds, 1));
        }

        if (matches.Oldest is { } oldest)
        {
            point.Field("oldest_file_timestamp", oldest.WrittenNanoseconds)
                .Field("oldest_file_age_seconds", Math.Round((now - oldest.Written).TotalSeconds, 1));
        }
    }

    private Point NewPoint() => path.IsLiteral
        ? new Point("filestat").Tag("file", path.Text)
        : new Point("filecount").Tag("directory", path.Folder).Tag("pattern", path.Tail);

    private Point Failed(long result, string error) => Finish(NewPoint(), error, result);

    private static Point Finish(Point point, string? error, long result = ResultCode.Mismatch)
    {
        if (error is null)
        {
            return point.Field("result_code", ResultCode.Success);
        }

        return point.Field("result_code", result).Field("error", error);
    }
}
