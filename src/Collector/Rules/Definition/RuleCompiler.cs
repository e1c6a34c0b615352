using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.Collector.Rules.Templates;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>Makes a compiled rule of a written one. Every error is noted with file, line, column and key; inside a condition with column and caret.</summary>
internal sealed class RuleCompiler(ICollection<ConfigError> errors)
{
    private const int LongestName = 100;

    private readonly Dictionary<string, FieldSlots> _slots = new(StringComparer.Ordinal);

    /// <summary>The fields and windows that the conditions on a measurement share.</summary>
    public FieldSlots SlotsOf(string measurement)
    {
        if (!_slots.TryGetValue(measurement, out var slots))
        {
            _slots.Add(measurement, slots = new FieldSlots());
        }

        return slots;
    }

    public Rule? Compile(ConfigNode node)
    {
        var before = errors.Count;
        var reader = new OptionReader(node, errors);
        var options = RuleOptions.Read(reader);
        reader.Complete();
        CheckName(reader, options);
        var group = ReadGroup(reader, options);

        // A group rule has its own three fields, a plain rule shares those of its measurement.
        var slots = group is null ? SlotsOf(options.Measurement) : new FieldSlots();
        var common = Variant(reader, options, slots, group);
        var overrides = new List<(SeriesMatcher, RuleVariant)>();
        foreach (var item in node.Find("Overrides")?.Items ?? [])
        {
            if (item.Kind == ConfigKind.Object)
            {
                overrides.Add((new SeriesMatcher(WhereOf(item)), Override(node, item, slots, group)));
            }
        }

        return errors.Count == before ? new Rule(options, group, common, overrides, node.Place) : null;
    }

    private RuleVariant Override(ConfigNode rule, ConfigNode item, FieldSlots slots, GroupOption? group)
    {
        var reader = new OptionReader(ConfigSources.Merge(Without(rule, "Overrides"), Without(item, "Where")), errors);
        var options = RuleOptions.Read(reader);
        reader.Complete();
        return Variant(reader, options, slots, group);
    }

    private static RuleVariant Variant(OptionReader reader, RuleOptions options, FieldSlots slots, GroupOption? group)
    {
        var (warning, warningClear) = Pair(reader, "Warning", options.Warning, options.WarningClear, slots);
        var (critical, criticalClear) = Pair(reader, "Critical", options.Critical, options.CriticalClear, slots);
        var policy = RulePolicy.Read(reader, options);
        CheckRaises(reader, options, policy, group);
        CheckGroupFields(reader, slots, group);
        return new RuleVariant
        {
            Rule = options.Name,
            Enabled = options.Enabled,
            Warning = warning,
            WarningClear = warningClear,
            Critical = critical,
            CriticalClear = criticalClear,
            StepValue = options.Steps is { Of.Length: > 0 } steps ? Compiled(reader, "Steps", Condition.CompileNumber(steps.Of, slots, out var error), error, steps.Of) : null,
            Slots = slots,
            Policy = policy,
            StaleAfter = options.StaleAfter.Ticks * 100,
            DependsOn = Dependencies(reader, options),
            Summary = Template(reader, "Summary", options.Summary.Length > 0 ? options.Summary : "{{rule}} on {{host}}: {{value}}"),
            Description = Template(reader, "Description", options.Description),
            Runbook = Template(reader, "Runbook", options.Runbook),
            Labels = options.Labels,
        };
    }

    private static (Condition? Raise, Condition? Clear) Pair(OptionReader reader, string key, string raiseText, string clearText, FieldSlots slots)
    {
        var clearKey = $"{key}Clear";
        var raise = Optional(reader, key, raiseText, slots);
        var clear = Optional(reader, clearKey, clearText, slots);
        if (clearText.Length > 0 && raiseText.Length == 0)
        {
            reader.Fail(clearKey, $"there is no {key} that it could clear");
        }

        if (raise is not null && clear is not null && Contradiction.Find(raise.Syntax, clear.Syntax) is { } example)
        {
            reader.Fail(clearKey, $"contradicts {key}: with {example} both hold, and the alert would flap");
        }

        return (raise, clear);
    }

    private static Condition? Optional(OptionReader reader, string key, string text, FieldSlots slots) =>
        text.Length == 0 ? null : Compiled(reader, key, Condition.Compile(text, slots, out var error), error, text);

    private static Condition? Compiled(OptionReader reader, string key, Condition? condition, LanguageError? error, string text)
    {
        if (error is not null)
        {
            reader.Fail(key, error.Render(text));
        }

        return condition;
    }

    private static RuleTemplate Template(OptionReader reader, string key, string text)
    {
        if (RuleTemplate.Compile(text, out var error) is { } template)
        {
            return template;
        }

        reader.Fail(key, error!);
        return RuleTemplate.Compile("", out _)!;
    }

    private static List<Dependency> Dependencies(OptionReader reader, RuleOptions options)
    {
        var dependencies = new List<Dependency>();
        foreach (var text in options.DependsOn)
        {
            if (Dependency.TryParse(text, out var dependency))
            {
                dependencies.Add(dependency);
            }
            else
            {
                reader.Fail("DependsOn", $"'{text}' is not the name of a rule, or 'name by tag'");
            }
        }

        return dependencies;
    }

    private static void CheckName(OptionReader reader, RuleOptions options)
    {
        if (options.Name.Length > LongestName || options.Name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-' or '_')))
        {
            reader.Fail("Name", $"a rule's name has letters, digits, dots, dashes and underscores, at most {LongestName}");
        }
    }

    private static GroupOption? ReadGroup(OptionReader reader, RuleOptions options)
    {
        if (options.Measurement.Length > 0 == options.Group.Length > 0)
        {
            reader.Fail("Measurement", "a rule has a Measurement, or a Group, and not both");
        }

        if (options.Group.Length > 0 && !GroupOption.TryParse(options.Group, out _))
        {
            reader.Fail("Group", $"'{options.Group}' is not {GroupOption.Form}");
        }

        return GroupOption.TryParse(options.Group, out var group) ? group : null;
    }

    private static void CheckRaises(OptionReader reader, RuleOptions options, AlertPolicy policy, GroupOption? group)
    {
        if (options.Warning.Length == 0 && options.Critical.Length == 0 && !policy.WatchesSilence)
        {
            reader.Fail("Warning", "nothing raises this rule; give Warning, Critical or NoData");
        }

        if (group is not null && policy.WatchesSilence)
        {
            reader.Fail("NoData", "a group has no samples that could fail to come");
        }
    }

    private static void CheckGroupFields(OptionReader reader, FieldSlots slots, GroupOption? group)
    {
        if (group is null)
        {
            return;
        }

        foreach (var field in slots.Names.Where(name => !GroupOption.Fields.Contains(name)))
        {
            reader.Fail("Group", $"the conditions of a group rule know {string.Join(", ", GroupOption.Fields)} and not {field}");
        }

        if (slots.Windows.Count > 0)
        {
            reader.Fail("Group", "the conditions of a group rule have no windows");
        }
    }

    private static Dictionary<string, string> WhereOf(ConfigNode item) =>
        (item.Find("Where")?.Members ?? new Dictionary<string, ConfigNode>()).ToDictionary(pair => pair.Key, pair => pair.Value.Text, StringComparer.Ordinal);

    private static ConfigNode Without(ConfigNode node, string key) =>
        ConfigNode.Object(node.Path, node.Place, node.Members.Where(member => !string.Equals(member.Key, key, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(StringComparer.OrdinalIgnoreCase));
}
