using System.Globalization;
using HandlebarsDotNet;

namespace NocMonitor.Collector.Rules.Templates;

/// <summary>What templates can do with a value: <c>{{bytes free}}</c>. A value that is missing shows as a question mark.</summary>
internal static class TemplateHelpers
{
    private const string Missing = "?";

    private static readonly (double Size, string Name)[] Sizes =
        [(1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (0, "B")];

    /// <summary>Helpers by name with what they do, for the documentation and its test.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["bytes"] = "a size in B, kB, MB, GB, TB, PB (powers of 1000)",
        ["bits"] = "bytes a second as kbit/s, Mbit/s, Gbit/s",
        ["percent"] = "the number with one decimal and %",
        ["share"] = "a share from 0 to 1 as percent",
        ["duration"] = "seconds as 2d 3h, 5m 10s, 250ms",
        ["ms"] = "milliseconds as a duration",
        ["number"] = "the number with a given count of decimals: {{number value 3}}",
        ["count"] = "the number without decimals, thousands apart",
        ["upper"] = "in upper case",
        ["lower"] = "in lower case",
        ["or"] = "the first argument that is there: {{or error 'no reason given'}}",
    };

    public static void Register(IHandlebars handlebars)
    {
        Number(handlebars, "bytes", (value, _) => Bytes(value));
        Number(handlebars, "bits", (value, _) => Bits(value));
        Number(handlebars, "percent", (value, _) => $"{Invariant(value, "0.0")} %");
        Number(handlebars, "share", (value, _) => $"{Invariant(value * 100, "0.0")} %");
        Number(handlebars, "duration", (value, _) => Duration(value));
        Number(handlebars, "ms", (value, _) => Duration(value / 1000));
        Number(handlebars, "number", (value, arguments) => value.ToString($"F{Decimals(arguments)}", CultureInfo.InvariantCulture));
        Number(handlebars, "count", (value, _) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' '));
        Text(handlebars, "upper", text => text.ToUpperInvariant());
        Text(handlebars, "lower", text => text.ToLowerInvariant());
        Helper(handlebars, "or", arguments => arguments.Select(Show).FirstOrDefault(text => text is not Missing) ?? Missing);
    }

    internal static string Bytes(double value)
    {
        var (size, name) = Sizes.First(unit => Math.Abs(value) >= unit.Size);
        return $"{Invariant(size == 0 ? value : value / size, "0.#")} {name}";
    }

    internal static string Bits(double bytesPerSecond)
    {
        var bits = bytesPerSecond * 8;
        return Math.Abs(bits) switch
        {
            >= 1e9 => $"{Invariant(bits / 1e9, "0.#")} Gbit/s",
            >= 1e6 => $"{Invariant(bits / 1e6, "0.#")} Mbit/s",
            >= 1e3 => $"{Invariant(bits / 1e3, "0.#")} kbit/s",
            _ => $"{Invariant(bits, "0")} bit/s",
        };
    }

    /// <summary>The two largest units of a stretch of time.</summary>
    internal static string Duration(double seconds)
    {
        if (double.IsInfinity(seconds))
        {
            return "∞";
        }

        var sign = seconds < 0 ? "-" : "";
        var size = Math.Abs(seconds);
        return size switch
        {
            < 1 => $"{sign}{Invariant(size * 1000, "0.#")}ms",
            < 60 => $"{sign}{Invariant(size, "0.#")}s",
            < 3600 => $"{sign}{Pair(size, 60, "m", "s")}",
            < 86400 => $"{sign}{Pair(size / 60, 60, "h", "m")}",
            _ => $"{sign}{Pair(size / 3600, 24, "d", "h")}",
        };
    }

    private static string Pair(double size, int per, string large, string small)
    {
        var whole = (long)size;
        var rest = whole % per;
        return rest == 0 ? $"{whole / per}{large}" : $"{whole / per}{large} {rest}{small}";
    }

    private static int Decimals(Arguments arguments) => arguments.Length > 1 && arguments[1] is int decimals ? Math.Clamp(decimals, 0, 10) : 2;

    private static string Invariant(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Number(IHandlebars handlebars, string name, Func<double, Arguments, string> format) =>
        Helper(handlebars, name, arguments => AsNumber(arguments[0]) is { } value ? format(value, arguments) : Missing);

    private static void Text(IHandlebars handlebars, string name, Func<string, string> format) =>
        Helper(handlebars, name, arguments => format(Show(arguments[0])));

    /// <summary>A helper without arguments is the field of that name: <c>{{count}}</c> beside <c>{{count value}}</c>.</summary>
    private static void Helper(IHandlebars handlebars, string name, Func<Arguments, string> format) =>
        handlebars.RegisterHelper(name, (output, context, arguments) =>
            output.WriteSafeString(arguments.Length > 0 ? format(arguments) : FieldOf(context, name)));

    private static string FieldOf(Context context, string name) =>
        context.Value is IReadOnlyDictionary<string, object> values && values.TryGetValue(name, out var value) ? value.ToString() ?? "" : "";

    private static double? AsNumber(object? argument) => argument switch
    {
        TemplateNumber number => number.Value,
        double number => number,
        int number => number,
        _ => null,
    };

    private static string Show(object? argument) => argument switch
    {
        null or UndefinedBindingResult => Missing,
        string { Length: 0 } => Missing,
        _ => argument.ToString() ?? Missing,
    };
}
