using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>Writes the answer to a query as it comes. One request, one thread at a time.</summary>
internal interface IResultWriter : IDisposable
{
    string ContentType { get; }

    /// <summary>Begins the result of a statement.</summary>
    void Begin(int statement);

    /// <summary>Writes a series, and sends of it what is enough to be sent.</summary>
    ValueTask WriteAsync(ResultSeries series, CancellationToken token);

    /// <summary>Ends the result of a statement.</summary>
    /// <param name="error">Why it is not whole; null when it is.</param>
    ValueTask EndAsync(string? error, CancellationToken token);

    /// <summary>Ends the answer.</summary>
    void Complete();

    /// <summary>So much has been written that it should be sent before more is.</summary>
    bool WantsFlush { get; }

    /// <summary>Sends what has been written.</summary>
    ValueTask FlushAsync(CancellationToken token);
}
