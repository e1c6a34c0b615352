using System.Buffers;

namespace NocMonitor.Agent.Delivery;

/// <summary>Taking batches, and loading what an earlier run left. Called under the lock.</summary>
internal sealed partial class Spool
{
    private void TakeMemory(SpoolBatch batch, int maxBytes)
    {
        foreach (var record in _memory.Records)
        {
            if (!batch.IsEmpty && batch.Length + record.Payload.Length > maxBytes)
            {
                break;
            }

            record.Payload.CopyTo(batch.Reserve(record.Payload.Length));
            batch.Take(record.Payload.Length, record.Lines);
            batch.LastMemoryRecord = record.Number;
        }
    }

    private void TakeRange(SpoolBatch batch, SpoolRange range, int maxBytes)
    {
        var at = range.Start;
        while (Next(at) is { } segment && Max(at, segment) is var start && start < range.End)
        {
            if (start.Offset >= segment.Length)
            {
                at = new SpoolPosition(segment.Number + 1, 0);
                continue;
            }

            if (!segment.TryReadHeader(start.Offset, out var header))
            {
                SetAside(segment, start.Offset);
                continue;
            }

            if (!batch.IsEmpty && batch.Length + header.PayloadLength > maxBytes)
            {
                break;
            }

            if (!TryTakeRecord(batch, segment, start.Offset, header))
            {
                SetAside(segment, start.Offset);
                continue;
            }

            at = new SpoolPosition(segment.Number, start.Offset + header.RecordLength);
        }

        batch.Range = new SpoolRange(range.Start, at < range.Start ? range.Start : at);
    }

    private static bool TryTakeRecord(SpoolBatch batch, SpoolSegment segment, long offset, SpoolRecordHeader header)
    {
        var record = ArrayPool<byte>.Shared.Rent(header.RecordLength);
        try
        {
            var bytes = record.AsSpan(0, header.RecordLength);
            if (!segment.TryRead(offset, bytes) || !SpoolRecord.IsIntact(bytes))
            {
                return false;
            }

            bytes[SpoolRecord.HeaderLength..].CopyTo(batch.Reserve(header.PayloadLength));
            batch.Take(header.PayloadLength, header.Lines);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(record);
        }
    }

    /// <summary>The segment that holds a position, or the first after it; null past the end.</summary>
    private SpoolSegment? Next(SpoolPosition at) => _segments.Find(segment => segment.Number >= at.Segment);

    private static SpoolPosition Max(SpoolPosition at, SpoolSegment segment) =>
        at.Segment == segment.Number && at.Offset > SpoolSegment.HeaderLength ? at : new SpoolPosition(segment.Number, SpoolSegment.HeaderLength);

    private long BytesFrom(SpoolPosition start) => _segments.Sum(segment => segment.Number < start.Segment
        ? 0
        : segment.Number == start.Segment ? Math.Max(segment.Length - start.Offset, 0) : segment.Length);

    private long? OldestUnsentNs()
    {
        var oldest = _unsent.Oldest;
        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i];
            if (segment.Number < oldest.Segment)
            {
                continue;
            }

            if (Max(oldest, segment) is var start && start < segment.End && segment.TryReadHeader(start.Offset, out var header))
            {
                return header.TimeNs;
            }
        }

        return _memory.IsEmpty ? null : _memory.Records.First().TimeNs;
    }

    /// <summary>Lines of a segment that are not delivered: what dropping it costs.</summary>
    private long UnsentLines(SpoolSegment segment)
    {
        var lines = 0L;
        for (var offset = (long)SpoolSegment.HeaderLength; segment.TryReadHeader(offset, out var header); offset += header.RecordLength)
        {
            var at = new SpoolPosition(segment.Number, offset);
            lines += at >= _unsent.LiveStart || _unsent.Backlog.Any(range => range.Start <= at && at < range.End) ? header.Lines : 0;
        }

        return lines;
    }

    private void Load()
    {
        var files = Directory.EnumerateFiles(_folder, "*" + SpoolSegment.Extension)
            .Select(path => (Path: path, Number: SpoolSegment.TryParseName(path, out var number) ? number : 0))
            .Where(file => file.Number > 0).OrderBy(file => file.Number);
        foreach (var (path, number) in files)
        {
            if (SpoolSegment.Open(path, number) is { } segment)
            {
                var age = _time.GetUtcNow() - File.GetLastWriteTimeUtc(path);
                segment.NewestTimestamp = _time.GetTimestamp() - (long)(Math.Max(age.TotalSeconds, 0) * _time.TimestampFrequency);
                _segments.Add(segment);
            }
            else
            {
                SpoolLog.Torn(_log, path, 0, new FileInfo(path).Length, _torn.Take(path));
            }
        }

        var cursor = SpoolCursor.Read(CursorPath);
        if (_segments.Count == 0)
        {
            _unsent = new UnsentRanges(cursor?.LiveStart ?? new SpoolPosition(0, 0));
            AddSegment();
        }
        else
        {
            CutTornTail(_segments[^1]);
        }

        // What an earlier run left is backlog: the first points of this run are newer and go first.
        var start = cursor?.LiveStart ?? new SpoolPosition(0, 0);
        _unsent = new UnsentRanges([.. cursor?.Backlog ?? [], new SpoolRange(start, End)], End);
        _unsent.DropBefore(new SpoolPosition(_segments[0].Number, SpoolSegment.HeaderLength));
        DropOverAge();
        DropOverSize(0);
    }

    private void CutTornTail(SpoolSegment segment)
    {
        var offset = (long)SpoolSegment.HeaderLength;
        while (segment.TryReadHeader(offset, out var header))
        {
            var record = ArrayPool<byte>.Shared.Rent(header.RecordLength);
            var intact = segment.TryRead(offset, record.AsSpan(0, header.RecordLength)) && SpoolRecord.IsIntact(record.AsSpan(0, header.RecordLength));
            ArrayPool<byte>.Shared.Return(record);
            if (!intact)
            {
                break;
            }

            offset += header.RecordLength;
        }

        if (offset < segment.Length)
        {
            SetAside(segment, offset);
        }
    }

    /// <summary>Moves a damaged end of a segment out of the way. What it held cannot be known; its bytes are kept and named in the log.</summary>
    private void SetAside(SpoolSegment segment, long offset)
    {
        _counters.SpoolFailed();
        var length = segment.Length - offset;
        try
        {
            SpoolLog.Torn(_log, segment.Path, offset, length, _torn.Copy(segment, offset));
            segment.Truncate(offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            segment.Forget(offset);
            SpoolLog.NotDeleted(_log, segment.Path, exception.Message);
        }
    }
}
