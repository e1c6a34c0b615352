namespace NocMonitor.Collector.Derivation;

/// <summary>
/// The counters of IF-MIB (RFC 2863) and what is made of them. Where a device has a counter in 64 bits that one is taken, never the other of the same name
/// in its place: one that is missing for one sample has its reason.
/// </summary>
internal static class InterfaceRates
{
    /// <summary>The smallest packet that a line can carry is a bare IP header; framing only makes it longer.</summary>
    private const int SmallestPacket = 20 * 8;

    /// <summary>What ifSpeed says of a line that is too fast for its 32 bits: look at ifHighSpeed. Our agent has looked; others leave it to us.</summary>
    private const double SpeedElsewhere = uint.MaxValue;

    /// <summary>softwareLoopback, propVirtual, tunnel: their ifSpeed is a number for routing protocols, and they carry more.</summary>
    private static readonly double[] TypesWithoutSpeed = [24, 53, 131];

    private static readonly Direction In = new("In", "in");
    private static readonly Direction Out = new("Out", "out");

    public static DerivedMeasurement Measurement { get; } = new()
    {
        Name = "interface",
        Counters = [.. In.Counters, .. Out.Counters],
        Context =
        [
            new("ifSpeed", static (sample, value) => sample.Speed = value == SpeedElsewhere ? double.NaN : value),
            new("ifHighSpeed", static (sample, value) => sample.Speed = double.IsNaN(sample.Speed) ? value * 1e6 : sample.Speed),
            new("ifType", static (sample, value) => sample.Speed = Array.IndexOf(TypesWithoutSpeed, value) >= 0 ? 0 : sample.Speed),
            new("sys_uptime", static (sample, value) => sample.Uptime = value / 100),
            new("ifCounterDiscontinuityTime", static (sample, value) => sample.Discontinuity = value),
            new("ifIndex", static (sample, value) => sample.Row = value),
        ],
        Fields = [.. In.Fields, .. Out.Fields],
        Make = static (readings, sample, values) =>
        {
            Make(readings[..In.Counters.Length], sample.Speed, values[..In.Fields.Length]);
            Make(readings[In.Counters.Length..], sample.Speed, values[In.Fields.Length..]);
        },
    };

    private static void Make(ReadOnlySpan<CounterReading> readings, double speed, Span<double> values)
    {
        var bits = Better(readings, 0).PerSecond * 8;
        var packets = Packets(readings);
        var (errors, discards) = (readings[9].PerSecond, readings[10].PerSecond);

        // Rounded to what means something: the store packs short decimals and not the noise behind them.
        values[0] = Math.Round(bits);
        values[1] = speed > 0 ? Math.Round(bits / speed * 100, 3) : double.NaN;
        values[2] = Math.Round(packets, 3);
        values[3] = Math.Round(errors, 4);
        values[4] = Math.Round(discards, 4);
        values[5] = Percent(errors, packets);
        values[6] = Percent(discards, packets);
    }

    private static CounterReading Better(ReadOnlySpan<CounterReading> readings, int wide) =>
        readings[wide].Outcome == CounterOutcome.Absent ? readings[wide + 1] : readings[wide];

    /// <summary>Old devices count multicast and broadcast together; such as have neither count all as unicast.</summary>
    private static double Packets(ReadOnlySpan<CounterReading> readings)
    {
        var (multicast, broadcast) = (Better(readings, 4), Better(readings, 6));
        var others = multicast.Outcome == CounterOutcome.Absent && broadcast.Outcome == CounterOutcome.Absent
            ? Or0(readings[8]) : Or0(multicast) + Or0(broadcast);
        return Better(readings, 2).PerSecond + others;
    }

    private static double Or0(CounterReading reading) => reading.Outcome == CounterOutcome.Absent ? 0 : reading.PerSecond;

    /// <summary>Of all that came by: what was broken or dropped is in none of the packet counters.</summary>
    private static double Percent(double part, double packets) => packets + part > 0 ? Math.Round(part / (packets + part) * 100, 6) : double.NaN;

    /// <summary>Received or sent: the same counters under other names.</summary>
    private sealed class Direction(string mib, string name)
    {
        public CounterDefinition[] Counters { get; } =
        [
            new($"ifHC{mib}Octets", 64, 8, MayLap: false),
            new($"if{mib}Octets", 32, 8, MayLap: true),
            new($"ifHC{mib}UcastPkts", 64, SmallestPacket, MayLap: false),
            new($"if{mib}UcastPkts", 32, SmallestPacket, MayLap: true),
            new($"ifHC{mib}MulticastPkts", 64, SmallestPacket, MayLap: false),
            new($"if{mib}MulticastPkts", 32, SmallestPacket, MayLap: true),
            new($"ifHC{mib}BroadcastPkts", 64, SmallestPacket, MayLap: false),
            new($"if{mib}BroadcastPkts", 32, SmallestPacket, MayLap: true),
            new($"if{mib}NUcastPkts", 32, SmallestPacket, MayLap: true),
            new($"if{mib}Errors", 32, SmallestPacket, MayLap: false),
            new($"if{mib}Discards", 32, SmallestPacket, MayLap: false),
        ];

        public string[] Fields { get; } =
        [
            $"{name}_bits_per_second", $"{name}_utilization", $"{name}_packets_per_second",
            $"{name}_errors_per_second", $"{name}_discards_per_second", $"{name}_errors_percent", $"{name}_discards_percent",
        ];
    }
}
