using System.Globalization;
using System.Text.Json.Nodes;
using NocMonitor.Configuration;

namespace NocMonitor.Architecture.Tests.Documents;

/// <summary>Turns the options of a reader into JSON schema (draft 2020-12), as editors read it through <c>$schema</c>.</summary>
internal static class JsonSchemaWriter
{
    private const string DurationPattern = @"^(0|([0-9]+(\.[0-9]+)?(ms|s|m|h|d|w))+)$";
    private const string BytesPattern = @"^[0-9]+(\.[0-9]+)? ?([KMGTP]i?B|B)?$";

    public static JsonObject Section(OptionSchema schema, bool closed = true)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var option in schema.Options)
        {
            properties[option.Name] = Option(option);
            if (option.Required)
            {
                required.Add(option.Name);
            }
        }

        var section = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            section["required"] = required;
        }

        if (closed)
        {
            section["additionalProperties"] = false;
        }

        return section;
    }

    /// <summary>Items that share some options and have more by the word in <paramref name="discriminator"/>.</summary>
    public static JsonObject Variants(
        OptionSchema common, string discriminator, IEnumerable<(string Word, string Help, OptionSchema Options)> variants)
    {
        var cases = new JsonArray();
        foreach (var (word, help, options) in variants)
        {
            var all = new OptionSchema([.. common.Options.Concat(options.Options).DistinctBy(option => option.Name)]);
            var section = Section(all);
            section["properties"]![discriminator] = new JsonObject { ["const"] = word, ["description"] = help };
            section["required"] = new JsonArray([discriminator, .. all.Options.Where(option => option.Required && option.Name != discriminator).Select(option => (JsonNode)option.Name)]);
            cases.Add(section);
        }

        return new JsonObject { ["type"] = "object", ["oneOf"] = cases };
    }

    private static JsonObject Option(OptionDescription option)
    {
        var node = option.Kind switch
        {
            OptionKind.Flag => Typed("boolean"),
            OptionKind.Integer => Bounded(Typed("integer"), option),
            OptionKind.Number => Bounded(Typed("number"), option),
            OptionKind.Duration => new JsonObject { ["type"] = "string", ["pattern"] = DurationPattern },
            OptionKind.Bytes => new JsonObject { ["type"] = new JsonArray("string", "integer"), ["pattern"] = BytesPattern },
            OptionKind.Choice => new JsonObject { ["enum"] = new JsonArray([.. option.Choices.Select(word => (JsonNode)word)]) },
            OptionKind.TextList => new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = Typed("string") },
            OptionKind.TextMap => new JsonObject { ["type"] = "object", ["additionalProperties"] = Typed("string") },
            OptionKind.Section => Section(option.Inner!),
            OptionKind.SectionList => new JsonObject { ["type"] = "array", ["items"] = Section(option.Inner!) },
            OptionKind.SectionMap => new JsonObject { ["type"] = "object", ["additionalProperties"] = Section(option.Inner!) },
            _ => Typed("string"),
        };
        node["description"] = option.Range.Length > 0 ? $"{option.Help} Range: {option.Range}." : option.Help;
        if (Default(option) is { } value)
        {
            node["default"] = value;
        }

        return node;
    }

    private static JsonNode? Default(OptionDescription option) => (option.Kind, option.Default) switch
    {
        (_, "") or (OptionKind.TextList, _) => null,
        (OptionKind.Flag, var text) => text == "true",
        (OptionKind.Integer, var text) => long.Parse(text, CultureInfo.InvariantCulture),
        (OptionKind.Number, var text) => double.Parse(text, CultureInfo.InvariantCulture),
        (_, var text) => text,
    };

    private static JsonObject Bounded(JsonObject node, OptionDescription option)
    {
        if (option.Bounds is { } bounds)
        {
            node["minimum"] = bounds.Low;
            node["maximum"] = bounds.High;
        }

        return node;
    }

    private static JsonObject Typed(string type) => new() { ["type"] = type };
}
