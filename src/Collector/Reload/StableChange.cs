namespace NocMonitor.Collector.Reload;

/// <summary>Tells a change from what was taken last, once it looks the same twice: a file that is being written is not whole. Pure; one caller at a time.</summary>
internal sealed class StableChange(string taken)
{
    private string _taken = taken;
    private string _seen = taken;

    /// <summary>Whether what is seen now is to be taken.</summary>
    public bool IsDue(string now)
    {
        var stable = now == _seen;
        _seen = now;
        return stable && now != _taken;
    }

    public void Take(string now) => _taken = now;
}
