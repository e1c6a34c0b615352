namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// How many varbinds a device is asked for in one request. Halves when a request proves too large and grows by an eighth after sixteen good answers, not to where it was too
/// large before; the message size and the average size of the device's varbinds bound it. Pure; the lane's thread owns it.
/// </summary>
/// <param name="messageSize">Bytes that an answer should stay below.</param>
/// <param name="bytesPerVarbind">What is assumed before the first answer.</param>
internal sealed class VarbindLimit(int messageSize, double bytesPerVarbind)
{
    private const int Overhead = 64;
    private const int GoodBeforeGrowth = 16;
    private const int GoodBeforeForgetting = 2000;
    private const int FewestAfterLoss = 10;
    private const double Smoothing = 1.0 / 8;

    private double _bytesPerVarbind = bytesPerVarbind;
    private int _limit = int.MaxValue;
    private int _ceiling = int.MaxValue;
    private int _good;
    private int _goodBelowCeiling;

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

        if (++_goodBelowCeiling >= GoodBeforeForgetting)
        {
            _ceiling = int.MaxValue;
        }

        _bytesPerVarbind += ((double)bytes / received - _bytesPerVarbind) * Smoothing;
        if (cut)
        {
            _limit = Math.Min(_limit, received);
            _good = 0;
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
        _limit = Math.Max(1, Math.Min(_limit, asked) / 2);
        (_good, _goodBelowCeiling) = (0, 0);
    }

    /// <summary>More were asked for in vain, then so many were answered. Losses alone do not shrink requests to nothing: that would not help.</summary>
    public void AnsweredOnly(int asked)
    {
        _limit = Math.Min(_limit, Math.Max(asked, FewestAfterLoss));
        _good = 0;
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
