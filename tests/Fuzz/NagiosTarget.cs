using System.Text;
using NocMonitor.Probes.Exec;

namespace NocMonitor.Fuzz;

/// <summary>What a plugin can print: every item kept is one that line protocol and rules can take, and printing it back reads as the same item.</summary>
internal static class NagiosTarget
{
    private const int MostItems = 50;

    public static void Run(ReadOnlySpan<byte> input)
    {
        var output = PluginOutput.Parse(Encoding.UTF8.GetString(input), MostItems);
        Require(output.Performance.Count <= MostItems && (output.Dropped == 0 || output.Performance.Count == MostItems), "the limit of items does not hold");
        foreach (var item in output.Performance)
        {
            Require(item.Label.Length > 0 && item.Unit.Length <= 32, "an item without a label, or with a unit that is none");
            Require(double.IsFinite(item.Value ?? 0) && double.IsFinite(item.Minimum ?? 0) && double.IsFinite(item.Maximum ?? 0), "a number that is not finite");
            Require(Same(item), "an item that does not read back");
        }
    }

    /// <summary>Only what the format can say without its liberties: a label that needs no trimming, the plain unit of a number that needs no exponent.</summary>
    private static bool Same(PerformanceItem item)
    {
        if (item.Label.Length > 200 || item.Unit.Length > 0 || item.Value is not { } value)
        {
            return true;
        }

        var reader = new PerformanceDataReader(FormattableString.Invariant($"'{item.Label.Replace("'", "''", StringComparison.Ordinal)}'={value:R};{item.Warning};{item.Critical}"));
        return reader.TryRead(out var again) && again == new PerformanceItem(item.Label, "") { Value = value, Warning = item.Warning, Critical = item.Critical };
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
