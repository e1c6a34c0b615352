using System.Globalization;

namespace NocMonitor.Collector.Rules.Templates;

/// <summary>A number in a template: shown with at most two decimals, small ones with three digits that count; helpers get it whole.</summary>
internal readonly record struct TemplateNumber(double Value)
{
    public override string ToString() => Format(Value);

    public static string Format(double value) => Math.Abs(value) switch
    {
        double.PositiveInfinity => value > 0 ? "∞" : "-∞",
        0 => "0",
        < 0.01 => value.ToString("0.###e+0", CultureInfo.InvariantCulture),
        < 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
