namespace NocMonitor.Collector.Ingest;

/// <summary>How a door reads its bodies. Safe for concurrent use.</summary>
internal interface IWriteBody
{
    /// <summary>Reads the request's body through the intake, which is the request's own and holds the outcome then.</summary>
    /// <param name="origin">Who sends.</param>
    /// <returns>Why the request failed, or null.</returns>
    Task<WriteFailure?> StoreAsync(HttpContext context, LineIntake intake, string origin);
}
