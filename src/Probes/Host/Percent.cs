namespace NocMonitor.Probes.Host;

/// <summary>
/// Percentages as host points carry them: two decimals. Finer digits are noise of the kernel's tick, and cost a store several bytes a value.
/// </summary>
internal static class Percent
{
    private const int Decimals = 2;

    /// <summary>Part of a whole in percent; 0 of a whole that is 0.</summary>
    public static double Of(double part, double whole) => whole > 0 ? Math.Round(100 * part / whole, Decimals) : 0;
}
