namespace NocMonitor.Testing.Snmp;

/// <summary>How a simulated device misbehaves. Everything is off at first, may be combined and may be changed at any time.</summary>
public sealed class DeviceFaults
{
    /// <summary>Answers nothing.</summary>
    public bool Silent { get; set; }

    /// <summary>Answers so much later, by the simulator's clock.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Every so manieth request is lost: 2 loses the second, the fourth and so on. 0 loses none.</summary>
    public int LosesEvery { get; set; }

    /// <summary>The share of requests lost at random (with a fixed seed), 0 to 1.</summary>
    public double Loss { get; set; }

    /// <summary>Every answer is sent so many times more.</summary>
    public int Duplicates { get; set; }

    /// <summary>Answers with another request id than it was asked with.</summary>
    public bool WrongRequestId { get; set; }

    /// <summary>Answers from another port, as routers and devices with several addresses do.</summary>
    public bool WrongSource { get; set; }

    /// <summary>Answers of more bytes are cut off at this length, in the middle of whatever is there. 0 cuts none.</summary>
    public int CutsAt { get; set; }

    /// <summary>What would need more bytes is answered with tooBig, GetBulk too. 0 for the largest datagram.</summary>
    public int TooBigAbove { get; set; }

    /// <summary>A GetBulk's answer ends before this many bytes, as RFC 3416 has it. 0 for the largest datagram.</summary>
    public int LargestMessage { get; set; }

    /// <summary>A GetBulk is answered with genErr.</summary>
    public bool GenErrOnBulk { get; set; }

    /// <summary>A GetBulk is not answered at all.</summary>
    public bool SilentOnBulk { get; set; }

    /// <summary>No answer holds more varbinds. 0 for no limit.</summary>
    public int MostVarbinds { get; set; }

    /// <summary>Asked for what follows a name under this prefix, it gives the first name under the prefix again.</summary>
    public string? NotIncreasingUnder { get; set; }

    /// <summary>A table under this prefix never ends: each name is followed by one more.</summary>
    public string? EndlessUnder { get; set; }

    /// <summary>Reading a value under this prefix answers the whole request with genErr.</summary>
    public string? GenErrUnder { get; set; }

    /// <summary>Answers with bytes that mean nothing.</summary>
    public bool Garbage { get; set; }

    /// <summary>Answers with an empty list of varbinds.</summary>
    public bool NothingInside { get; set; }
}
