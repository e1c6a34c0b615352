namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// What is known of another engine's boots and time (RFC 3414 section 2.3): its values when it last told them, and our clock then. What an
/// unauthenticated report said is only a guess: it spares a round trip, and the first authentic message replaces it whatever it says. One thread at a time.
/// </summary>
internal sealed class EngineClock(TimeProvider time)
{
    /// <summary>Seconds that a message may be off (RFC 3414 section 2.2.3).</summary>
    public const int Window = 150;

    private int _toldTime;
    private long _toldAt;
    private bool _isAuthentic;

    public int Boots { get; private set; }

    /// <summary>The engine's time now.</summary>
    public int Time => (int)Math.Min(int.MaxValue, _toldTime + (long)time.GetElapsedTime(_toldAt).TotalSeconds);

    public void Guess(int boots, int engineTime) => Set(boots, engineTime, isAuthentic: false);

    /// <summary>
    /// Takes what an authentic report of "not in time window" says, even if the boots went backwards. The standard would refuse that for ever;
    /// devices that lose their boots counter are many, and the report repeats the id of a request of ours, which an old one would not.
    /// </summary>
    public void Resynchronise(int boots, int engineTime) => Set(boots, engineTime, isAuthentic: true);

    /// <summary>Judges an authentic message as its receiver who is not the authority (RFC 3414 section 3.2, step 7b), and learns from it.</summary>
    public bool Accept(int boots, int engineTime)
    {
        if (!_isAuthentic || boots > Boots || (boots == Boots && engineTime > Time))
        {
            Set(boots, engineTime, isAuthentic: true);
        }

        return boots == Boots && boots != int.MaxValue && engineTime >= Time - Window;
    }

    private void Set(int boots, int engineTime, bool isAuthentic)
    {
        Boots = boots;
        _toldTime = engineTime;
        _toldAt = time.GetTimestamp();
        _isAuthentic = isAuthentic;
    }
}
