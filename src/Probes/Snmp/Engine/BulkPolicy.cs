namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// How a device's tables are walked: columns and rows of one request, by GetBulk or by GetNext. It is kept as long as the device is; what is learnt of one table is in its
/// <see cref="TableMemory"/>. Pure; the lane's thread owns it.
/// </summary>
/// <param name="hasBulk">Version 1 has no GetBulk.</param>
/// <param name="mostRepetitions">0 for a device that is never to be asked by GetBulk.</param>
internal sealed class BulkPolicy(bool hasBulk, int messageSize, int mostRepetitions)
{
    /// <summary>Rows that a GetBulk should bring at least: fewer columns travel together then. Asking for one row at a time takes a request a row.</summary>
    private const int FewestRows = 4;
    private const int FailuresBeforeGetNext = 2;
    private const int AnswersBeforeBulkAgain = 1000;
    private const double AssumedBytes = 24;

    private int _failures;
    private int _withoutBulk;
    private int _start = int.MaxValue;

    public bool UsesBulk => hasBulk && mostRepetitions > 0 && _failures < FailuresBeforeGetNext;

    /// <summary>
    /// A limit for a table that was never walked. After losses in another table it begins low: where large answers are lost on the way, not every table need find that out by waiting
    /// in vain.
    /// </summary>
    public VarbindLimit NewLimit() => new(messageSize, AssumedBytes, _start);

    /// <summary>A table's requests came through only when they asked for so many.</summary>
    public void LostAbove(int varbinds) => _start = Math.Min(_start, varbinds);

    /// <summary>A table that asked for more got it: losses before were that table's, or are over.</summary>
    public void CameThrough(int varbinds) => _start = varbinds > _start ? int.MaxValue : _start;

    /// <summary>How many of the columns that are left go into one GetBulk, and how many rows of each.</summary>
    /// <param name="varbinds">The table's limit.</param>
    /// <param name="expected">Rows that are still expected, and one behind them that shows the end; 0 or less when there are already more than expected.</param>
    public (int Columns, int Rows) Plan(int columns, int varbinds, int expected)
    {
        expected = expected > 0 ? expected : int.MaxValue;
        var groups = (int)Math.Min(columns, (((long)columns * Math.Min(FewestRows, expected)) + varbinds - 1) / varbinds);
        var together = (columns + groups - 1) / groups;
        return (together, Math.Clamp(varbinds / together, 1, Math.Min(expected, mostRepetitions)));
    }

    /// <summary>A GetBulk failed and the same question by GetNext did not, or the device refused it.</summary>
    public void BulkFailed()
    {
        _failures++;
        _withoutBulk = 0;
    }

    public void BulkAnswered() => _failures = 0;

    /// <summary>A device that fell back is tried by GetBulk again after a long while: the network may have been at fault.</summary>
    public void GetNextAnswered()
    {
        if (_failures >= FailuresBeforeGetNext && ++_withoutBulk >= AnswersBeforeBulkAgain)
        {
            _failures = FailuresBeforeGetNext - 1;
        }
    }
}
