using System.Numerics;

namespace NocMonitor.TimeSeries.Heads;

/// <summary>
/// The arrays that heads keep their rows in, in sizes a third to a half apart, so that the unused part stays small and an array that one series
/// gives back fits the next. The log's thread takes, the compaction gives back; safe for concurrent use.
/// </summary>
internal sealed class HeadArrays
{
    /// <summary>So many bytes may always lie here unused.</summary>
    internal const long FewestKept = 16L << 20;

    private const int SmallestLength = 4;
    private const int Classes = 58;

    private readonly Lock _lock = new();
    private readonly Stack<long[]>[] _free = [.. Enumerable.Range(0, Classes).Select(_ => new Stack<long[]>())];
    private long _kept;
    private long _keptLimit = FewestKept;

    /// <summary>Bytes that lie here unused.</summary>
    public long Kept => Interlocked.Read(ref _kept);

    /// <summary>An array of at least the length, with unspecified content.</summary>
    public long[] Rent(int length)
    {
        var sizeClass = ClassOf(length);
        lock (_lock)
        {
            if (_free[sizeClass].TryPop(out var array))
            {
                _kept -= array.Length * sizeof(long);
                return array;
            }
        }

        return GC.AllocateUninitializedArray<long>(LengthOf(sizeClass));
    }

    /// <summary>More than so many bytes are left to the garbage collector, now and from now on; the largest arrays first.</summary>
    public void KeepUpTo(long bytes)
    {
        lock (_lock)
        {
            _keptLimit = Math.Max(bytes, FewestKept);
            for (var sizeClass = Classes - 1; sizeClass >= 0 && _kept > _keptLimit; sizeClass--)
            {
                while (_kept > _keptLimit && _free[sizeClass].TryPop(out var array))
                {
                    _kept -= array.Length * sizeof(long);
                }
            }
        }
    }

    /// <summary>Leaves the arrays that lie here to the garbage collector.</summary>
    public void ReleaseIdle()
    {
        lock (_lock)
        {
            (_kept, _keptLimit) = (0, FewestKept);
            foreach (var free in _free)
            {
                free.Clear();
                free.TrimExcess();
            }
        }
    }

    public void Return(long[] array)
    {
        lock (_lock)
        {
            if (_kept + (array.Length * sizeof(long)) <= _keptLimit)
            {
                _kept += array.Length * sizeof(long);
                _free[ClassOf(array.Length)].Push(array);
            }
        }
    }

    /// <summary>Lengths 4, 6, 8, 12, 16, 24 …: each power of two and the middle to the next.</summary>
    private static int ClassOf(int length)
    {
        length = Math.Max(length, SmallestLength);
        var power = BitOperations.Log2((uint)(length - 1)) + 1;
        var half = 3 << (power - 2);
        return ((power - 2) * 2) + (length <= half ? -1 : 0);
    }

    private static int LengthOf(int sizeClass) => (sizeClass & 1) == 0 ? SmallestLength << (sizeClass / 2) : (SmallestLength << ((sizeClass + 1) / 2)) * 3 / 4;
}
