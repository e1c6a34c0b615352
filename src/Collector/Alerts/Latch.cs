using System.Text.Json.Serialization;

namespace NocMonitor.Collector.Alerts;

/// <summary>One severity of one alert: off until its condition held long enough, on until its clear condition held long enough.</summary>
internal record struct Latch
{
    public bool On { get; set; }

    /// <summary>The time of the first sample of the run that is being counted: of raising ones while off, of clearing ones while on.</summary>
    public long Since { get; set; }

    /// <summary>How many samples that run has.</summary>
    public int Run { get; set; }

    [JsonIgnore]
    public readonly bool IsIdle => !On && Run == 0;

    /// <summary>Takes one sample. A sample that both raises and clears raises.</summary>
    public void Observe(long time, Truth raise, Truth clear, Hold raiseHold, Hold clearHold, bool afterGap)
    {
        var (counts, breaks) = On
            ? (clear == Truth.True && raise != Truth.True, raise == Truth.True || clear == Truth.False)
            : (raise == Truth.True, raise == Truth.False);
        if (counts)
        {
            Count(time, On ? clearHold : raiseHold, afterGap);
        }
        else if (breaks)
        {
            Run = 0;
        }
    }

    private void Count(long time, Hold hold, bool afterGap)
    {
        if (Run == 0 || afterGap)
        {
            (Since, Run) = (time, 0);
        }

        Run++;
        if (hold.IsMet(Since, time, Run))
        {
            (On, Run) = (!On, 0);
        }
    }
}
