using System.Globalization;
using NocMonitor.Bench.TimeSeries;

namespace NocMonitor.Bench.Queries;

/// <summary>A set of data and what is asked of it. Data ends at the given time, which is now, so that the newest of it is where the newest of a running system is.</summary>
/// <param name="Name">The word that selects it.</param>
/// <param name="Start">The time of the first interval, in seconds since 1970.</param>
/// <param name="End">A second after the last interval.</param>
internal sealed record QueryScenario(string Name, string Title, int Hosts, long Start, long End, DevopsMeasurement[] Measurements, Question[] Questions)
{
    public const int IntervalSeconds = 10;

    public static QueryScenario[] All(long now)
    {
        var cpu = DevopsShape.Measurements[..1];
        DevopsMeasurement[] gauge = [cpu[0] with { Fields = cpu[0].Fields[..1] }];
        return
        [
            new("hosts-100", "100 hosts, 24 hours of cpu at 10 s (8.6 M values)", 100, now - 86_400, now, cpu, [.. ForFew(now)]),
            new("hosts-1000", "1,000 hosts, 2 hours of cpu at 10 s (7.2 M values)", 1000, now - 7200, now, cpu, [.. ForMany(now)]),
            new("series-100000", "100,000 hosts, one series each, one point a series", 100_000, now - 60, now - 50, gauge, [.. ForTags()]),
        ];
    }

    private static IEnumerable<Question> ForFew(long now)
    {
        yield return new("1 series, 24 h, 1-minute mean", Influx("mean(usage_user)", "hostname = 'host_7' AND ", now, 86_400, "time(1m)"),
            Range("avg_over_time(cpu_usage_user{hostname=\"host_7\"}[1m])", now, 86_400, 60));
        yield return new("mean of 1 h by host, 100 hosts", Influx("mean(usage_user)", "", now, 3600, "hostname"), Instant("avg_over_time(cpu_usage_user[1h])", now));
        yield return new("1-minute mean of 1 h by host, 100 hosts", Influx("mean(usage_user)", "", now, 3600, "time(1m), hostname"),
            Range("avg_over_time(cpu_usage_user[1m])", now, 3600, 60));
        var eight = DevopsShape.Measurements[0].Fields[..8];
        yield return new("max of 8 fields by hour, 12 h, 1 host",
            Influx(string.Join(", ", eight.Select(field => $"max({field.Name})")), "hostname = 'host_7' AND ", now, 43_200, "time(1h)"),
            Range($"max_over_time({{__name__=~\"cpu_({string.Join('|', eight.Select(field => field.Name))})\",hostname=\"host_7\"}}[1h])", now, 43_200, 3600));
        yield return new("mean of 24 h by host, 100 hosts", Influx("mean(usage_user)", "", now, 86_400, "hostname"), Instant("avg_over_time(cpu_usage_user[1d])", now));
        yield return Top(now);
        yield return Last(now);
    }

    private static IEnumerable<Question> ForMany(long now)
    {
        yield return Last(now);
        yield return new("mean of 1 h by host, 1,000 hosts", Influx("mean(usage_user)", "", now, 3600, "hostname"), Instant("avg_over_time(cpu_usage_user[1h])", now));
        yield return new("1 series, 2 h, 1-minute mean", Influx("mean(usage_user)", "hostname = 'host_7' AND ", now, 7200, "time(1m)"),
            Range("avg_over_time(cpu_usage_user{hostname=\"host_7\"}[1m])", now, 7200, 60));
        yield return Top(now);
    }

    private static IEnumerable<Question> ForTags()
    {
        yield return new("SHOW TAG VALUES, 100,000 values", "SHOW TAG VALUES FROM cpu WITH KEY = hostname", "/api/v1/label/hostname/values");
        yield return new("SHOW TAG VALUES, 8 values", "SHOW TAG VALUES FROM cpu WITH KEY = region", "/api/v1/label/region/values");
        yield return new("SHOW TAG VALUES of one region, 12,500 values", "SHOW TAG VALUES FROM cpu WITH KEY = hostname WHERE region = 'eu-west-1'",
            $"/api/v1/label/hostname/values?match[]={Uri.EscapeDataString("cpu_usage_user{region=\"eu-west-1\"}")}");
    }

    private static Question Last(long now) => new("last value by host, all hosts", "SELECT last(usage_user) FROM cpu GROUP BY hostname", Instant("cpu_usage_user", now));

    private static Question Top(long now) => new("top 10 hosts of 1 h", Influx("top(usage_user, hostname, 10)", "", now, 3600, ""), Instant("topk(10, max_over_time(cpu_usage_user[1h]))", now));

    private static string Influx(string functions, string where, long now, long seconds, string groups) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT {functions} FROM cpu WHERE {where}time >= {now - seconds}s AND time < {now}s{(groups.Length > 0 ? $" GROUP BY {groups}" : "")}");

    private static string Instant(string promQl, long now) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/query?query={Uri.EscapeDataString(promQl)}&time={now}&nocache=1");

    private static string Range(string promQl, long now, long seconds, int step) => string.Create(
        CultureInfo.InvariantCulture, $"/api/v1/query_range?query={Uri.EscapeDataString(promQl)}&start={now - seconds + step}&end={now}&step={step}&nocache=1");
}
