namespace NocMonitor.TimeSeries.Batches;

/// <summary>
/// Tells when all batches are gone that were rented before a moment: only they can hold a series that was found before it. Safe for concurrent use.
/// </summary>
internal sealed class BatchEpochs
{
    private readonly Lock _lock = new();
    /// <summary>Epochs that have batches, in order; few, because batches live for moments.</summary>
    private readonly List<(long Epoch, int Batches)> _open = [];

    private long _current = 1;

    /// <summary>A batch is rented; gives the epoch to leave when it is given back.</summary>
    public long Enter()
    {
        lock (_lock)
        {
            if (_open.Count > 0 && _open[^1].Epoch == _current)
            {
                _open[^1] = (_current, _open[^1].Batches + 1);
            }
            else
            {
                _open.Add((_current, 1));
            }

            return _current;
        }
    }

    public void Leave(long epoch)
    {
        lock (_lock)
        {
            var index = 0;
            while (_open[index].Epoch != epoch)
            {
                index++;
            }

            if (_open[index].Batches > 1)
            {
                _open[index] = (epoch, _open[index].Batches - 1);
            }
            else
            {
                _open.RemoveAt(index);
            }
        }
    }

    /// <summary>Ends the epoch of all batches rented so far and gives it.</summary>
    public long End()
    {
        lock (_lock)
        {
            return _current++;
        }
    }

    /// <summary>Whether no batch of the epoch, or of one before, is left.</summary>
    public bool AreGone(long epoch)
    {
        lock (_lock)
        {
            return _open.Count == 0 || _open[0].Epoch > epoch;
        }
    }
}
