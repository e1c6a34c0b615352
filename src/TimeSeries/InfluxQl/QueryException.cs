namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>A statement that cannot be answered, with the reason in InfluxDB's words.</summary>
public class QueryException : Exception
{
    public QueryException(string message)
        : base(message)
    {
    }

    public QueryException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
