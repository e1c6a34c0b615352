namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// How many varbinds a device is asked for in one request. Halves when a request proves too large and grows by an eighth after sixteen good answers; the message
/// size and the average size of the device's varbinds bound it. Pure; the lane's thread owns it.
/// </summary>
/// <param name="messageSize">Bytes that an answer should stay below.</param>
/// <param name="bytesPerVarbind">What is assumed before the first answer.</param>
internal sealed class VarbindLimit(int messageSize, double bytesPerVarbind)
{
    private const int Overhead = 64;
    private const int GoodBeforeGrowth = 16;
    private const int FewestAfterLoss = 10;
    private const double Smoothing = 1.0 / 8;

    private double _bytesPerVarbind = bytesPerVarbind;
    private int _limit = int.MaxValue;
    private int _good;

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

        _bytesPerVarbind += ((double)bytes / received - _bytesPerVarbind) * Smoothing;
        if (cut)
        {
            _limit = Math.Min(_limit, received);
            _good = 0;
        }
        else if (++_good >= GoodBeforeGrowth)
        {
            _good = 0;
            _limit = _limit >= BySize ? int.MaxValue : _limit + Math.Max(1, _limit / 8);
        }
    }

    /// <summary>Asked for so many, the device answered that it is too much, or sent what was cut on the way.</summary>
    public void TooMany(int asked)
    {
        _limit = Math.Max(1, Math.Min(_limit, asked) / 2);
        _good = 0;
    }

    /// <summary>More were asked for in vain, then so many were answered. Losses alone do not shrink requests to nothing: that would not help.</summary>
    public void AnsweredOnly(int asked)
    {
        _limit = Math.Min(_limit, Math.Max(asked, FewestAfterLoss));
        _good = 0;
    }
}
