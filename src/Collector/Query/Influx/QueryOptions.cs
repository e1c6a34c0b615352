using NocMonitor.Configuration;
using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>Limits of <c>/query</c>. Past one a statement fails with the limit's name in the reason.</summary>
internal sealed record QueryOptions
{
    /// <summary>How long one request may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Requests that are answered at once; further ones fail.</summary>
    public required int MaxConcurrent { get; init; }

    /// <summary>The text of a query, in bytes.</summary>
    public required int MaxQueryBytes { get; init; }

    public required QueryLimits Limits { get; init; }

    public static QueryOptions Read(OptionReader reader) => new()
    {
        Timeout = reader.Duration("Timeout", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), "How long one query may take."),
        MaxConcurrent = reader.Integer("MaxConcurrent", 32, 1, 10_000, "Queries that are answered at once; further ones fail."),
        MaxQueryBytes = (int)reader.Bytes("MaxQueryBytes", 1 << 20, 1 << 10, 64 << 20, "The text of a query with its parameters."),
        Limits = new QueryLimits
        {
            MaxRows = reader.Integer("MaxRows", 5_000_000, 0, int.MaxValue, "Rows of an answer, and values of one group held at once to compute it. 0: no limit."),
            MaxSeries = reader.Integer("MaxSeries", 200_000, 0, 1 << 24, "Series that one statement reads. 0: no limit."),
            MaxBuckets = reader.Integer("MaxBuckets", 500_000, 0, 10_000_000, "Windows of time of one group, as GROUP BY time() makes them. 0: no limit."),
            Parallelism = reader.Integer("Parallelism", 0, 0, 1_024, "Threads that compute one statement. 0: as many as there are processors.") is > 0 and var threads
                ? threads
                : Environment.ProcessorCount,
        },
    };
}
