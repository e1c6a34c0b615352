using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>Writes the answer to a query as it comes. One request, one thread at a time.</summary>
internal interface IResultWriter : IDisposable
{
    string ContentType { get; }

    /// <summary>Begins the result of a statement.</summary>
    void Begin(int statement);

    void Write(ResultSeries series);

    /// <summary>Ends the result of a statement.</summary>
    /// <param name="error">Why it is not whole; null when it is.</param>
    void End(string? error);

    /// <summary>Ends the answer.</summary>
    void Complete();

    /// <summary>Sends what has been written when it is enough, or at any rate.</summary>
    ValueTask FlushAsync(bool atOnce, CancellationToken token);
}
