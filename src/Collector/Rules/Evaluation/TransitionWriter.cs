using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.Collector.Rules.Templates;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>What the templates of a transition can name beside the tags.</summary>
/// <param name="Time">The time the transition belongs to, in nanoseconds since 1970.</param>
/// <param name="Frame">The sample as the conditions saw it; null when there is none.</param>
/// <param name="Fields">The fields of the sample.</param>
/// <param name="Silence">Seconds without a sample; NaN when that is not what happened.</param>
internal readonly record struct TransitionContext(
    long Time, ConditionFrame? Frame, IEnumerable<KeyValuePair<string, FieldValue>> Fields, double Silence = double.NaN);

/// <summary>Makes of a step of the state machine what is recorded and told: values, texts, labels.</summary>
internal static class TransitionWriter
{
    public static AlertTransition Write(RuleVariant variant, SeriesKey key, AlertState state, Step step, in TransitionContext context, bool dependsOnAgent)
    {
        var (value, threshold) = Compared(variant, step, context);
        var values = Values(variant, key, step, context, value, threshold);

        // Without a sample there is nothing to say that was not said better before; the log keeps those words.
        var keeps = step.Reason is StepReason.BecameStale or StepReason.Expired or StepReason.Forgotten;
        return new AlertTransition
        {
            Key = new AlertKey(variant.Rule, key.ToString()),
            Step = step,
            Time = context.Time,
            Since = Math.Clamp(state.Since, 0, context.Time),
            Labels = Labels(variant, key),
            Value = value,
            Threshold = threshold,
            Summary = keeps ? "" : variant.Summary.Render(values),
            Description = keeps ? "" : variant.Description.Render(values),
            Runbook = variant.Runbook.Render(values),
            DependsOn = Dependencies(variant, step, dependsOnAgent),
            Stale = state.Stale,
            Flapping = state.Flapping,
        };
    }

    private static (double Value, double Threshold) Compared(RuleVariant variant, Step step, in TransitionContext context)
    {
        if (step.Reason is StepReason.Silent or StepReason.SilentLonger)
        {
            var limit = step.To == Severity.Critical ? variant.Policy.NoDataCritical : variant.Policy.NoDataWarning;
            return (context.Silence, limit / 1e9);
        }

        var severity = step.To == Severity.None ? step.From : step.To;
        var condition = severity == Severity.Critical ? variant.Critical ?? variant.Warning : variant.Warning ?? variant.Critical;
        return condition is null || context.Frame is null ? (double.NaN, condition?.Limit ?? double.NaN) : (condition.Observe(context.Frame), condition.ObserveLimit(context.Frame));
    }

    private static Dictionary<string, object> Values(
        RuleVariant variant, SeriesKey key, Step step, in TransitionContext context, double value, double threshold)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, field) in context.Fields)
        {
            values[name] = field.Kind switch
            {
                FieldKind.String => field.Text,
                FieldKind.Boolean => field.Boolean,
                _ => new TemplateNumber(field.AsDouble()),
            };
        }

        foreach (var (tag, text) in key.Tags)
        {
            values[tag] = text;
        }

        values["rule"] = variant.Rule;
        values["severity"] = AlertTables.Word(step.To == Severity.None ? step.From : step.To);
        if (step.To == Severity.None)
        {
            values["resolved"] = true;
        }

        AddNumber(values, "value", value);
        AddNumber(values, "threshold", threshold);
        AddNumber(values, "silence", context.Silence);
        return values;
    }

    private static void AddNumber(Dictionary<string, object> values, string name, double number)
    {
        if (!double.IsNaN(number))
        {
            values[name] = new TemplateNumber(number);
        }
    }

    private static AlertLabels Labels(RuleVariant variant, SeriesKey key)
    {
        var labels = new Dictionary<string, string>(key.Tags, StringComparer.Ordinal);
        foreach (var (name, text) in variant.Labels)
        {
            labels[name] = text;
        }

        labels["rule"] = variant.Rule;
        return new AlertLabels(labels);
    }

    /// <summary>A silent agent explains the silence of all that it watched.</summary>
    private static IReadOnlyList<Dependency> Dependencies(RuleVariant variant, Step step, bool dependsOnAgent)
    {
        var agent = new Dependency(RuleSet.SilentAgent, "agent");
        return dependsOnAgent && step.Reason is StepReason.Silent or StepReason.SilentLonger
            && variant.Rule != RuleSet.SilentAgent && !variant.DependsOn.Contains(agent) ? [.. variant.DependsOn, agent] : variant.DependsOn;
    }
}
