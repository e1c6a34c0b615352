namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>A method that makes one value of each value, and remembers. One thread.</summary>
internal interface ISmoothing
{
    /// <summary>The values after which results mean something.</summary>
    int WarmUp { get; }

    double Next(double value);
}
