namespace NocMonitor.Probes.Discovery;

/// <summary>Up to where everything is done, of numbers that are done in any order. One owner.</summary>
internal sealed class DoneCursor(long next)
{
    private readonly HashSet<long> _ahead = [];

    public long Next { get; private set; } = next;

    /// <summary>True when the cursor moved.</summary>
    public bool Note(long number)
    {
        _ahead.Add(number);
        var before = Next;
        while (_ahead.Remove(Next))
        {
            Next++;
        }

        return Next > before;
    }
}
