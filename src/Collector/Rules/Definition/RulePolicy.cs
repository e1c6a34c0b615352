using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>Reads the times and counts of a rule into what the state machine works with.</summary>
internal static class RulePolicy
{
    public static AlertPolicy Read(OptionReader reader, RuleOptions options)
    {
        var common = ReadHold(reader, "For", options.For);
        var silence = ReadNoData(reader, options);
        return new AlertPolicy
        {
            HasConditions = options.Warning.Length > 0 || options.Critical.Length > 0,
            WarningFor = options.WarningFor.Length > 0 ? ReadHold(reader, "WarningFor", options.WarningFor) : common,
            CriticalFor = options.CriticalFor.Length > 0 ? ReadHold(reader, "CriticalFor", options.CriticalFor) : common,
            ClearFor = ReadHold(reader, "ClearFor", options.ClearFor),
            NoDataWarning = silence.Warning.Ticks * 100,
            NoDataCritical = silence.Critical.Ticks * 100,
            Lifetime = options.Lifetime.Ticks * 100,
            FlapChanges = options.FlapChanges,
            FlapWithin = options.FlapWithin.Ticks * 100,
            Steps = ReadSteps(reader, options.Steps),
        };
    }

    private static Hold ReadHold(OptionReader reader, string key, string text)
    {
        if (Hold.TryParse(text, out var hold))
        {
            return hold;
        }

        reader.Fail(key, $"'{text}' is neither a duration such as 5m nor a count such as '3 samples'");
        return Hold.OfSamples(1);
    }

    private static NoDataOption ReadNoData(OptionReader reader, RuleOptions options)
    {
        if (!NoDataOption.TryParse(options.NoData, out var option))
        {
            reader.Fail("NoData", $"'{options.NoData}' is not {NoDataOption.Form}, warning before critical and 2s at least");
        }

        return option;
    }

    private static double[] ReadSteps(OptionReader reader, StepOptions? steps)
    {
        if (steps is null)
        {
            return [];
        }

        var marks = new List<double>();
        foreach (var text in steps.At)
        {
            if (ConditionParser.Parse(text, out _) is NumberSyntax number)
            {
                marks.Add(number.Value);
            }
            else
            {
                reader.Fail("Steps", $"'{text}' is no number with or without a unit");
            }
        }

        var rising = marks.SequenceEqual(marks.Order());
        var falling = marks.SequenceEqual(marks.OrderDescending());
        if (marks.Count == 0 || (!rising && !falling))
        {
            reader.Fail("Steps", "At needs marks that all fall or all rise");
        }

        return [.. marks];
    }
}
