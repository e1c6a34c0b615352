namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>A text that is no InfluxQL; the message says what was found, what was expected and where.</summary>
public sealed class QuerySyntaxException(string message) : QueryException(message);
