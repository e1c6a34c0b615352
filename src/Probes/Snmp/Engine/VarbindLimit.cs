namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// How many varbinds of a table, or of scalars, a device is asked for in one request. Halves when a request proves too large and grows by an eighth after sixteen good answers, not to where
/// it was too large before; the message size and the average size of the varbinds bound it. Pure; the lane's thread owns it.
/// </summary>
/// <param name="messageSize">Bytes that an answer should stay below.</param>
/// <param name="bytesPerVarbind">What is assumed before the first answer.</param>
/// <param name="start">Where to begin because of what other tables of the device taught. It is no trouble of its own: each good answer doubles it.</param>
internal sealed class VarbindLimit(int messageSize, double bytesPerVarbind, int start = int.MaxValue)
{
    private const int Overhead = 64;
    private const int GoodBeforeGrowth = 16;
    private const int GoodBeforeForgetting = 2000;
    private const int FewestAfterLoss = 10;
    private const float Smoothing = 1f / 8;

    private float _bytesPerVarbind = (float)bytesPerVarbind;
    private int _limit = start;
    private int _ceiling = int.MaxValue;
    private short _good;
    private short _goodBelowCeiling;
    private bool _isAnswered;
    private bool _isBorrowed = start < int.MaxValue;

    public int Now => Math.Clamp(BySize, 1, _limit);

    private int BySize => (int)Math.Max(1, (messageSize - Overhead) / _bytesPerVarbind);

    /// <summary>An answer came. One that is shorter than asked for and not at its end shows what the device is able to.</summary>
    /// <param name="cut">The device left off before what was asked for, without being at the end.</param>
    public void Answered(int received, int bytes, bool cut)
    {
        if (received == 0)
        {
            return;
        }

        if (_goodBelowCeiling < GoodBeforeForgetting && ++_goodBelowCeiling == GoodBeforeForgetting)
        {
            _ceiling = int.MaxValue;
        }

        var size = (float)bytes / received;
        _bytesPerVarbind = _isAnswered ? _bytesPerVarbind + ((size - _bytesPerVarbind) * Smoothing) : size;
        _isAnswered = true;
        if (cut)
        {
            Press(Math.Min(_limit, received));
        }
        else if (_isBorrowed)
        {
            _limit = _limit > BySize / 2 ? int.MaxValue : _limit * 2;
            _isBorrowed = _limit < int.MaxValue;
        }
        else if (++_good >= GoodBeforeGrowth)
        {
            _good = 0;
            Grow();
        }
    }

    /// <summary>Asked for so many, the device answered that it is too much, or sent what was cut on the way.</summary>
    public void TooMany(int asked)
    {
        _ceiling = Math.Min(_ceiling, asked);
        _goodBelowCeiling = 0;
        Press(Math.Max(1, Math.Min(_limit, asked) / 2));
    }

    /// <summary>More were asked for in vain, then so many were answered. Losses alone do not shrink requests to nothing: that would not help.</summary>
    /// <returns>The limit now.</returns>
    public int AnsweredOnly(int asked)
    {
        Press(Math.Min(_limit, Math.Max(asked, FewestAfterLoss)));
        return _limit;
    }

    private void Press(int limit)
    {
        _limit = limit;
        _good = 0;
        _isBorrowed = false;
    }

    private void Grow()
    {
        if (_limit >= BySize)
        {
            _limit = int.MaxValue;
            return;
        }

        // Values differ in size: what was too large once is approached, not reached.
        var grown = _limit + Math.Max(1, _limit / 8);
        _limit = grown <= _ceiling * 3L / 4 ? grown : _limit;
    }
}
