using System.Text;

namespace NocMonitor.Probes.Host;

/// <summary>
/// What is remembered of the devices of a table of the kernel, by name. The kernel lists them in the same order each round, so an entry is mostly found at the
/// first try, without hashing and without making a string. Entries that a round did not see are let go. One caller at a time.
/// </summary>
internal sealed class NameList<T>(Func<string, T> create)
    where T : class
{
    private readonly List<Entry> _entries = [];
    private int _expected;

    /// <summary>Starts a round.</summary>
    public void Begin()
    {
        _expected = 0;
        foreach (var entry in _entries)
        {
            entry.IsSeen = false;
        }
    }

    public T Get(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var index = (_expected + i) % _entries.Count;
            if (name.SequenceEqual(_entries[index].Name))
            {
                return See(index);
            }
        }

        _entries.Add(new Entry(name.ToArray(), create(Encoding.UTF8.GetString(name))));
        return See(_entries.Count - 1);
    }

    /// <summary>Ends a round: forgets, and disposes where that has a meaning, what was not seen.</summary>
    public void End() => _entries.RemoveAll(static entry =>
    {
        if (entry is { IsSeen: false, Value: IDisposable gone })
        {
            gone.Dispose();
        }

        return !entry.IsSeen;
    });

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Begin();
        End();
    }

    private T See(int index)
    {
        _expected = index + 1;
        _entries[index].IsSeen = true;
        return _entries[index].Value;
    }

    private sealed class Entry(byte[] name, T value)
    {
        public byte[] Name { get; } = name;

        public T Value { get; } = value;

        public bool IsSeen { get; set; }
    }
}
