using System.Collections.Concurrent;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Tables and chunks of cells that wait for the next walk, no more than a bound of each. Any thread.</summary>
internal sealed class TablePool
{
    /// <summary>Cells of a chunk, 8 KiB.</summary>
    public const int ChunkCells = 512;

    private const int MostTables = 128;
    private const int MostChunks = 256;

    private readonly ConcurrentBag<RowTable> _tables = [];
    private readonly ConcurrentBag<Cell[]> _chunks = [];

    public TablePool() => Empty = new RowTable(this);

    /// <summary>A table without rows, for everybody to read; it is nobody's to return.</summary>
    public RowTable Empty { get; }

    public RowTable Rent(int columns)
    {
        var table = _tables.TryTake(out var free) ? free : new RowTable(this);
        table.Begin(columns);
        return table;
    }

    public void Return(RowTable table)
    {
        if (ReferenceEquals(table, Empty))
        {
            return;
        }

        table.End();
        if (_tables.Count < MostTables)
        {
            _tables.Add(table);
        }
    }

    /// <summary>A chunk of at least so many cells, whatever is in it.</summary>
    public Cell[] Chunk(int cells) => cells <= ChunkCells && _chunks.TryTake(out var free) ? free : new Cell[Math.Max(cells, ChunkCells)];

    public void Return(Cell[] chunk)
    {
        if (chunk.Length == ChunkCells && _chunks.Count < MostChunks)
        {
            _chunks.Add(chunk);
        }
    }
}
