using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>What a rule does when no samples come: nothing but mark its alerts stale, or raise after a silence on the clock.</summary>
/// <param name="Warning">Silence that raises a warning; zero is never.</param>
/// <param name="Critical">Silence that raises a critical alert; zero is never.</param>
internal readonly record struct NoDataOption(TimeSpan Warning, TimeSpan Critical)
{
    public const string Form = "ignore, or such as 'warning after 60s, critical after 3m'";

    public static bool TryParse(string text, out NoDataOption option)
    {
        option = default;
        if (text.Trim().Equals("ignore", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var part in text.Split(','))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is not [var severity, "after", var after] || !Duration.TryParse(after, out var silence) || silence < TimeSpan.FromSeconds(2))
            {
                return false;
            }

            switch (severity)
            {
                case "warning" when option.Warning == default:
                    option = option with { Warning = silence };
                    break;
                case "critical" when option.Critical == default:
                    option = option with { Critical = silence };
                    break;
                default:
                    return false;
            }
        }

        return option.Warning == default || option.Critical == default || option.Warning < option.Critical;
    }
}
