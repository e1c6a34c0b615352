namespace NocMonitor.Bench.TimeSeries;

/// <summary>How the values of a field move.</summary>
internal enum Motion
{
    /// <summary>The same integer for ever.</summary>
    Constant,

    /// <summary>An integer that only grows, by up to twice the step.</summary>
    Counter,

    /// <summary>An integer that wanders between bounds.</summary>
    Gauge,

    /// <summary>A float with one decimal that wanders between bounds.</summary>
    Tenths,

    /// <summary>A float with two decimals that wanders between bounds.</summary>
    Hundredths,
}

internal sealed record DevopsField(string Name, Motion Motion, double Low, double High, double Step);

internal sealed record DevopsMeasurement(string Name, string ExtraTags, DevopsField[] Fields);

/// <summary>
/// What a host reports in the devops case of the Time Series Benchmark Suite: ten measurements with a hundred fields, in the ranges and steps that
/// /proc and the programs themselves show.
/// </summary>
internal static class DevopsShape
{
    private const double Gibi = 1L << 30;

    public static DevopsMeasurement[] Measurements { get; } =
    [
        new("cpu", "", Percents("usage_user usage_system usage_idle usage_nice usage_iowait usage_irq usage_softirq usage_steal usage_guest usage_guest_nice")),
        new("mem", "", [
            Constant("total", 16 * Gibi), .. Gauges("available used free", 16 * Gibi, 2e6), .. Gauges("cached buffered", 16 * Gibi, 1e6),
            .. Percents("used_percent available_percent buffered_percent")]),
        new("disk", ",path=/dev/sda1,fstype=ext4", [
            Constant("total", 1024 * Gibi), .. Gauges("free used", 1024 * Gibi, 5e7), new("used_percent", Motion.Tenths, 0, 100, 0.3),
            Constant("inodes_total", 1 << 28), .. Gauges("inodes_free inodes_used", 1 << 28, 20)]),
        new("diskio", ",serial=694-511-162", [
            .. Counters("reads writes", 50), .. Counters("read_bytes write_bytes", 1e5), .. Counters("read_time write_time io_time", 5)]),
        new("net", ",interface=eth0", [
            .. Counters("bytes_sent bytes_recv", 5e4), .. Counters("packets_sent packets_recv", 50), .. Counters("err_in err_out drop_in drop_out", 0.1)]),
        new("kernel", "", [
            Constant("boot_time", 1_790_000_000), .. Counters("interrupts context_switches", 500), .. Counters("processes_forked disk_pages_in disk_pages_out", 5)]),
        new("system", "", [
            new("load1", Motion.Hundredths, 0, 32, 0.2), new("load5", Motion.Hundredths, 0, 32, 0.08), new("load15", Motion.Hundredths, 0, 32, 0.03),
            .. Counters("uptime", 10), .. Gauges("n_users", 10, 0.3), Constant("n_cpus", 8)]),
        new("nginx", ",port=8080,server=nginx_1", [.. Counters("accepts handled requests", 5), .. Gauges("active reading waiting writing", 100, 1)]),
        new("postgresl", "", [
            .. Counters("numbackends xact_commit xact_rollback blks_read blks_hit tup_returned tup_fetched tup_inserted tup_updated tup_deleted conflicts", 1),
            .. Gauges("temp_files", 1024, 2), .. Gauges("temp_bytes", 1 << 20, 1024), .. Counters("deadlocks blk_read_time blk_write_time", 1)]),
        new("redis", ",port=6379,server=redis_1", [
            .. Counters("total_connections_received sync_full sync_partial_ok sync_partial_err", 5), .. Counters("expired_keys evicted_keys keyspace_hits keyspace_misses", 50),
            .. Gauges("instantaneous_ops_per_sec", 1000, 1), .. Tenths("instantaneous_input_kbps instantaneous_output_kbps", 1000),
            .. Gauges("connected_clients rdb_changes_since_last_save", 10_000, 50), .. Gauges("used_memory used_memory_rss used_memory_peak used_memory_lua", 16 * Gibi, 5e4),
            .. Gauges("pubsub_channels pubsub_patterns latest_fork_usec", 1000, 5), .. Gauges("connected_slaves", 100, 1),
            new("mem_fragmentation_ratio", Motion.Hundredths, 0, 100, 0.5), new("used_cpu_sys", Motion.Hundredths, 0, 1e6, 2), new("used_cpu_user", Motion.Hundredths, 0, 1e6, 2)]),
    ];

    public static int ValuesPerHost { get; } = Measurements.Sum(measurement => measurement.Fields.Length);

    private static DevopsField Constant(string name, double value) => new(name, Motion.Constant, value, value, 0);

    private static IEnumerable<DevopsField> Counters(string names, double step) => names.Split(' ').Select(name => new DevopsField(name, Motion.Counter, 0, 0, step));

    private static IEnumerable<DevopsField> Gauges(string names, double high, double step) =>
        names.Split(' ').Select(name => new DevopsField(name, Motion.Gauge, 0, high, step));

    private static IEnumerable<DevopsField> Tenths(string names, double high) => names.Split(' ').Select(name => new DevopsField(name, Motion.Tenths, 0, high, 1));

    private static DevopsField[] Percents(string names) => [.. names.Split(' ').Select(name => new DevopsField(name, Motion.Hundredths, 0, 100, 1))];
}
