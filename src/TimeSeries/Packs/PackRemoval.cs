using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Packs;

/// <summary>
/// Takes the chunks of some series out of an hour without unpacking any: each row that has some is read once, and written without them or deleted. Works inside a transaction of
/// its caller, on the chunk file's connection. Used by the compaction alone.
/// </summary>
internal sealed class PackRemoval(Database database, PackTable packs, int rowCapacity) : IDisposable
{
    private readonly Statement _last = database.Prepare("SELECT id, body FROM packs WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1");
    private readonly Statement _next = database.Prepare("SELECT id, body FROM packs WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1");
    private readonly Statement _write = database.Prepare("INSERT OR REPLACE INTO packs(id, body) VALUES(?, ?)");
    private readonly Statement _delete = database.Prepare("DELETE FROM packs WHERE id = ?");
    private readonly PackRow _rest = new(rowCapacity);
    private readonly ByteWriter _body = new();
    private long _row;
    private long _end;
    private int _lastSeries;
    private int _removed;

    /// <summary>The row after goes on with a chunk that was taken out.</summary>
    private bool _goesOn;

    /// <param name="bucket">The hour.</param>
    /// <param name="series">In order.</param>
    /// <returns>How many chunks there were.</returns>
    public int Remove(long bucket, ReadOnlySpan<int> series)
    {
        packs.Complete();
        (_row, _end) = (PackId.FirstOf(bucket) - 1, PackId.FirstOf(bucket + 1) - 1);
        (_removed, _goesOn) = (0, false);
        while (series.Length > 0 || _goesOn)
        {
            if (_goesOn)
            {
                RemoveCarried(series);
            }
            else if (SeekRowOf(bucket, series[0]))
            {
                RemoveFromRow(series, withCarried: true);
            }
            else
            {
                // The series before the next row are in none.
                var next = NextRow(take: long.MaxValue);
                series = next is { } row ? series[SortedSeries.Before(series, FirstIn(row))..] : [];
                continue;
            }

            series = series[SortedSeries.Before(series, _lastSeries + 1)..];
        }

        return _removed;
    }

    public void Dispose()
    {
        _last.Dispose();
        _next.Dispose();
        _write.Dispose();
        _delete.Dispose();
    }

    /// <summary>The first series that can begin in a row.</summary>
    private static int FirstIn(long row) => PackId.Series(row) + (row > PackId.Of(PackId.Chunk(row), 0) ? 1 : 0);

    /// <summary>Turns to the row where a series' chunk begins if there is one; false when that has been dealt with.</summary>
    private bool SeekRowOf(long bucket, int series)
    {
        try
        {
            return _last.Bind(1, PackId.FirstOf(bucket)).Bind(2, PackId.Of(ChunkId.Of(bucket, series), 0)).Step() && _last.Long(0) > _row && Take(_last);
        }
        finally
        {
            _last.Reset();
        }
    }

    /// <summary>The key of the row after this one; turns to it when it is of a certain chunk.</summary>
    private long? NextRow(long take)
    {
        try
        {
            if (!_next.Bind(1, _row + 1).Bind(2, _end).Step())
            {
                return null;
            }

            var row = _next.Long(0);
            _ = PackId.Chunk(row) == take && Take(_next);
            return row;
        }
        finally
        {
            _next.Reset();
        }
    }

    private bool Take(Statement found)
    {
        _row = found.Long(0);
        _body.Clear();
        _body.Bytes(found.Blob(1));
        return true;
    }

    /// <summary>A chunk that was taken out goes on in rows with its own key.</summary>
    private void RemoveCarried(ReadOnlySpan<int> series)
    {
        var chunk = ChunkId.Of(ChunkId.Bucket(PackId.Chunk(_row)), _lastSeries);
        _goesOn = NextRow(chunk) is { } row && PackId.Chunk(row) == chunk;
        if (_goesOn)
        {
            RemoveFromRow(series, withCarried: false);
        }
    }

    private void RemoveFromRow(ReadOnlySpan<int> series, bool withCarried)
    {
        _lastSeries = PackId.Series(_row);
        try
        {
            if (Fill(PackView.Open(_row, _body.Written), series, withCarried))
            {
                Write();
            }
        }
        catch (TornDataException)
        {
            // Nobody can read it; it goes with its hour.
            _goesOn = false;
        }
    }

    /// <summary>Fills the row with what stays; false when that is all.</summary>
    private bool Fill(PackView row, ReadOnlySpan<int> series, bool withCarried)
    {
        var before = _removed;
        _rest.Start(_row);
        if (withCarried)
        {
            _rest.Carry(row.Carried);
        }

        foreach (var entry in row)
        {
            _lastSeries = entry.Series;
            _goesOn = false;
            if (!SortedSeries.Contains(series, entry.Series))
            {
                _rest.Add(entry.Series, entry.Length, entry.Begin);
                continue;
            }

            _removed++;
            _goesOn = entry.Begin.Length < entry.Length;
        }

        return _removed > before || !withCarried;
    }

    private void Write()
    {
        if (_rest.IsEmpty)
        {
            _delete.Bind(1, _row).Run();
        }
        else
        {
            _write.Bind(1, _row).Bind(2, _rest.Encode()).Run();
        }
    }
}
