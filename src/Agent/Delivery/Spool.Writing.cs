namespace NocMonitor.Agent.Delivery;

/// <summary>Appending, bounds and the memory that stands in for a full disk. Called under the lock.</summary>
internal sealed partial class Spool
{
    private bool TryWrite(long timeNs, int lines, ReadOnlySpan<byte> payload)
    {
        var length = SpoolRecord.HeaderLength + payload.Length;
        if (_record.Length < length)
        {
            _record = new byte[Math.Max(length, _record.Length * 2)];
        }

        var record = _record.AsSpan(0, length);
        payload.CopyTo(record[SpoolRecord.HeaderLength..]);
        SpoolRecord.WriteHeader(record, timeNs, lines);
        try
        {
            DropOverSize(length);
            var segment = SegmentFor(length);
            segment.Append(record);
            segment.NewestTimestamp = _time.GetTimestamp();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _counters.SpoolFailed();
            if (!_diskRefuses)
            {
                _diskRefuses = true;
                SpoolLog.DiskRefuses(_log, exception.Message, _options.MemoryBytes);
            }

            return false;
        }

        if (_diskRefuses)
        {
            _diskRefuses = false;
            SpoolLog.DiskTakes(_log);
        }

        return true;
    }

    private SpoolSegment SegmentFor(int length)
    {
        var current = _segments[^1];
        if (current.Length + length <= SegmentLength || current.Length == SpoolSegment.HeaderLength)
        {
            return current;
        }

        current.Sync();
        return AddSegment();
    }

    private SpoolSegment AddSegment()
    {
        var number = _segments.Count > 0 ? _segments[^1].Number + 1 : Math.Max(_unsent.LiveStart.Segment, 0) + 1;
        var segment = SpoolSegment.Create(_folder, number);
        segment.NewestTimestamp = _time.GetTimestamp();
        _segments.Add(segment);
        return segment;
    }

    private void DrainMemory()
    {
        while (!_memory.IsEmpty)
        {
            var first = _memory.Records.First();
            if (!TryWrite(first.TimeNs, first.Lines, first.Payload))
            {
                return;
            }

            _memory.RemoveFirst();
        }
    }

    private void DropOverSize(int coming)
    {
        var total = _segments.Sum(segment => segment.Length) + coming;
        while (total > _options.MaxBytes && _segments[0].Length > SpoolSegment.HeaderLength)
        {
            total -= _segments[0].Length;
            if (!DropOldest("bytes"))
            {
                return;
            }
        }
    }

    private void DropOverAge()
    {
        while (_segments[0].Length > SpoolSegment.HeaderLength && _time.GetElapsedTime(_segments[0].NewestTimestamp) > _options.MaxAge)
        {
            if (!DropOldest("age"))
            {
                return;
            }
        }
    }

    /// <summary>False when it had to stay: the disk has no room even for the empty file that must follow it.</summary>
    private bool DropOldest(string bound)
    {
        var segment = _segments[0];
        var lost = UnsentLines(segment);

        // There is always a last segment, and numbers only rise: the cursor must never point into a later file of the same number.
        if (_segments.Count == 1 && !TryAddSegment())
        {
            return false;
        }

        Remove(segment);
        _unsent.DropBefore(new SpoolPosition(segment.Number + 1, 0));
        if (lost > 0)
        {
            _counters.Dropped(lost);
            SpoolLog.Dropped(_log, lost, bound);
        }

        return true;
    }

    private void DeleteDelivered()
    {
        var oldest = _unsent.Oldest;
        while (_segments.Count > 1 && _segments[0].End <= oldest)
        {
            Remove(_segments[0]);
        }

        if (_segments.Count == 1 && _segments[0].End <= oldest && _segments[0].Length > RetireLength)
        {
            Retire(_segments[0]);
        }
    }

    private void Retire(SpoolSegment delivered)
    {
        // Without room for a new file the old one goes on; it is tried again after the next delivery.
        if (TryAddSegment())
        {
            Remove(delivered);
        }
    }

    private bool TryAddSegment()
    {
        try
        {
            AddSegment();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _counters.SpoolFailed();
            return false;
        }
    }

    private void Remove(SpoolSegment segment)
    {
        _segments.Remove(segment);
        segment.Dispose();
        try
        {
            File.Delete(segment.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _counters.SpoolFailed();
            SpoolLog.NotDeleted(_log, segment.Path, exception.Message);
        }
    }

    private void WriteCursor()
    {
        try
        {
            SpoolCursor.Write(CursorPath, _unsent);
            _cursorRefused = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _counters.SpoolFailed();
            if (!_cursorRefused)
            {
                _cursorRefused = true;
                SpoolLog.CursorRefused(_log, exception.Message);
            }
        }
    }
}
