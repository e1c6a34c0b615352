using System.Text.Json;

namespace NocMonitor.Bench.Snmp;

/// <summary>What a round of polling took.</summary>
internal sealed record SnmpFigures
{
    public double CpuSeconds { get; init; }

    public double WallSeconds { get; init; }

    /// <summary>Until the last device that is neither dead nor slow was done.</summary>
    public double HealthySeconds { get; init; }

    public long Requests { get; init; }

    public long Varbinds { get; init; }

    public long Retries { get; init; }

    public double ResidentMiB { get; init; }

    public static SnmpFigures Parse(string line) =>
        JsonSerializer.Deserialize<SnmpFigures>(line) ?? throw new InvalidOperationException("the poller gives no figures");

    public override string ToString() => JsonSerializer.Serialize(this);
}
