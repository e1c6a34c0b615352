using System.Globalization;

namespace NocMonitor.Configuration;

/// <summary>Single values: texts, flags, numbers, durations, sizes and words.</summary>
public sealed partial class OptionReader
{
    private delegate bool Parser<T>(string text, out T value);

    public string Text(string name, string fallback, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Text, help) { Default = fallback });
        return Scalar(name)?.Text ?? fallback;
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string RequiredText(string name, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Text, help) { Required = true });
        if (Scalar(name)?.Text is { Length: > 0 } text)
        {
            return text;
        }

        if (!Has(name))
        {
            Fail(name, "is required");
        }
        else
        {
            Fail(name, "must not be empty");
        }

        return "";
    }

    /// <summary>A text that may be absent; null when it is, or when it is empty.</summary>
    public string? OptionalText(string name, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Text, help));
        return Scalar(name)?.Text is { Length: > 0 } text ? text : null;
    }

    public bool Flag(string name, bool fallback, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Flag, help) { Default = fallback ? "true" : "false" });
        return Parsed(name, fallback, "true or false", static (string text, out bool value) => bool.TryParse(text, out value));
    }

    public int Integer(string name, int fallback, int low, int high, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Integer, help)
        {
            Default = fallback.ToString(CultureInfo.InvariantCulture),
            Range = $"{low} to {high}",
            Bounds = (low, high),
        });
        return Ranged(name, fallback, low, high, "a whole number", Invariant,
            static (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));
    }

    public double Number(string name, double fallback, double low, double high, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Number, help)
        {
            Default = Invariant(fallback),
            Range = $"{Invariant(low)} to {Invariant(high)}",
            Bounds = (low, high),
        });
        return Ranged(name, fallback, low, high, "a number", Invariant,
            static (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value));
    }

    public TimeSpan Duration(string name, TimeSpan fallback, TimeSpan low, TimeSpan high, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Duration, help)
        {
            Default = Configuration.Duration.Format(fallback),
            Range = $"{Configuration.Duration.Format(low)} to {Configuration.Duration.Format(high)}",
        });
        return Ranged(name, fallback, low, high, "a duration such as 10s, 5m or 1h30m", Configuration.Duration.Format,
            static (string text, out TimeSpan value) => Configuration.Duration.TryParse(text, out value));
    }

    public long Bytes(string name, long fallback, long low, long high, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Bytes, help)
        {
            Default = ByteSize.Format(fallback),
            Range = $"{ByteSize.Format(low)} to {ByteSize.Format(high)}",
        });
        return Ranged(name, fallback, low, high, "a size such as 64KiB or 20GB", ByteSize.Format,
            static (string text, out long value) => ByteSize.TryParse(text, out value));
    }

    /// <summary>One word of an enumeration, upper and lower case alike.</summary>
    public T Choice<T>(string name, T fallback, string help)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        Describe(new OptionDescription(name, OptionKind.Choice, help) { Default = fallback.ToString(), Choices = names });
        return Parsed(name, fallback, $"one of {string.Join(", ", names)}",
            static (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && !char.IsAsciiDigit(text[0]) && text[0] != '-');
    }

    private static string Invariant<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private T Ranged<T>(string name, T fallback, T low, T high, string expected, Func<T, string> format, Parser<T> parse)
        where T : IComparable<T>
    {
        var value = Parsed(name, fallback, expected, parse);
        if (value.CompareTo(low) >= 0 && value.CompareTo(high) <= 0)
        {
            return value;
        }

        Fail(name, $"{format(value)} is out of range; it goes from {format(low)} to {format(high)}");
        return fallback;
    }

    private T Parsed<T>(string name, T fallback, string expected, Parser<T> parse)
    {
        if (Scalar(name) is not { } node)
        {
            return fallback;
        }

        if (node.Text.Length > 0 && parse(node.Text, out var value))
        {
            return value;
        }

        Fail(name, $"'{node.Text}' is not {expected}");
        return fallback;
    }

    private ConfigNode? Scalar(string name)
    {
        var node = Find(name);
        if (node is null or { Kind: ConfigKind.String or ConfigKind.Number or ConfigKind.Boolean })
        {
            return node;
        }

        Fail(name, $"expected one value, not {node.Shape}");
        return null;
    }
}
