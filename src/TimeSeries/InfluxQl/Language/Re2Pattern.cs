using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>
/// Regular expressions in the syntax of RE2, which is what InfluxDB's clients send. They run without backtracking, in time proportional to the text, and each match has a
/// time limit on top.
/// </summary>
internal static class Re2Pattern
{
    private const int Longest = 4_096;
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    /// <exception cref="FormatException">The text is no regular expression of this syntax; the message is meant for its author.</exception>
    public static Regex Compile(string pattern)
    {
        if (pattern.Length > Longest)
        {
            throw new FormatException($"error parsing regexp: expression longer than {Longest} characters");
        }

        try
        {
            return new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchLimit);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"error parsing regexp: {exception.Message}", exception);
        }
    }

    /// <summary>The same language in .NET's syntax.</summary>
    internal static string Translate(string pattern)
    {
        var output = new StringBuilder(pattern.Length + 16);
        var multiline = pattern.Contains("(?", StringComparison.Ordinal) && Regex.IsMatch(pattern, @"\(\?[a-zA-Z]*m");
        for (var at = 0; at < pattern.Length;)
        {
            at = pattern[at] switch
            {
                '\\' => Escape(pattern, at, output, inClass: false),
                '[' => Class(pattern, at, output),
                '(' => Group(pattern, at, output),
                '$' when !multiline => Replace(at, output, "\\z"),
                var letter => Replace(at, output, letter.ToString()),
            };
        }

        return output.ToString();
    }

    private static int Replace(int at, StringBuilder output, string text)
    {
        output.Append(text);
        return at + 1;
    }

    private static int Group(string pattern, int at, StringBuilder output)
    {
        var rest = pattern.AsSpan(at);
        if (rest.StartsWith("(?P<"))
        {
            output.Append("(?<");
            return at + 4;
        }

        if (rest.StartsWith("(?") && rest.Length > 2 && !(char.IsAsciiLetter(rest[2]) || rest[2] is ':' or '-' || (rest[2] == '<' && rest.Length > 3 && char.IsLetter(rest[3]))))
        {
            throw new FormatException($"error parsing regexp: invalid or unsupported Perl syntax: `{rest[..3]}`");
        }

        output.Append('(');
        return at + 1;
    }

    private static int Class(string pattern, int at, StringBuilder output)
    {
        output.Append('[');
        var i = at + 1;
        if (i < pattern.Length && pattern[i] == '^')
        {
            output.Append('^');
            i++;
        }

        for (var first = true; i < pattern.Length && (first || pattern[i] != ']'); first = false)
        {
            if (pattern[i] == '\\')
            {
                i = Escape(pattern, i, output, inClass: true);
            }
            else if (pattern[i] == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':')
            {
                i = Posix(pattern, i, output);
            }
            else
            {
                output.Append(pattern[i] is '[' or ']' ? "\\" : "").Append(pattern[i++]);
            }
        }

        if (i >= pattern.Length)
        {
            throw new FormatException($"error parsing regexp: missing closing ]: `{pattern[at..]}`");
        }

        output.Append(']');
        return i + 1;
    }

    private static int Posix(string pattern, int at, StringBuilder output)
    {
        var end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
        var name = end < 0 ? "" : pattern[(at + 2)..end];
        output.Append(name switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "ascii" => "\\x00-\\x7F",
            "blank" => "\\t ",
            "cntrl" => "\\x00-\\x1F\\x7F",
            "digit" => "0-9",
            "graph" => "!-~",
            "lower" => "a-z",
            "print" => " -~",
            "punct" => "!-/:-@\\[-`{-~",
            "space" => "\\t\\n\\v\\f\\r ",
            "upper" => "A-Z",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            _ => throw new FormatException($"error parsing regexp: invalid character class range: `{pattern[at..(end < 0 ? pattern.Length : end + 2)]}`"),
        });
        return end + 2;
    }

    private static int Escape(string pattern, int at, StringBuilder output, bool inClass)
    {
        if (at + 1 >= pattern.Length)
        {
            throw new FormatException("error parsing regexp: trailing backslash at end of expression: ``");
        }

        var letter = pattern[at + 1];
        switch (letter)
        {
            case 'd' or 'w' or 's':
                var set = letter switch { 'd' => "0-9", 'w' => "0-9A-Za-z_", _ => "\\t\\n\\f\\r " };
                output.Append(inClass ? set : $"[{set}]");
                return at + 2;
            case 'D' or 'W' or 'S' when !inClass:
                output.Append(letter switch { 'D' => "[^0-9]", 'W' => "[^0-9A-Za-z_]", _ => "[^\\t\\n\\f\\r ]" });
                return at + 2;
            case 'p' or 'P' when at + 2 < pattern.Length && pattern[at + 2] != '{':
                output.Append('\\').Append(letter).Append('{').Append(pattern[at + 2]).Append('}');
                return at + 3;
            case 'Q':
                return Quoted(pattern, at, output);
            case 'x' when at + 2 < pattern.Length && pattern[at + 2] == '{':
                return CodePoint(pattern, at, output);
            case >= '1' and <= '9' or 'Z' or 'G' or 'k' or 'C':
                throw new FormatException($"error parsing regexp: invalid escape sequence: `\\{letter}`");
            default:
                output.Append('\\').Append(letter);
                return at + 2;
        }
    }

    private static int Quoted(string pattern, int at, StringBuilder output)
    {
        var end = pattern.IndexOf("\\E", at + 2, StringComparison.Ordinal);
        output.Append(Regex.Escape(pattern[(at + 2)..(end < 0 ? pattern.Length : end)]));
        return end < 0 ? pattern.Length : end + 2;
    }

    private static int CodePoint(string pattern, int at, StringBuilder output)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0 || !int.TryParse(pattern.AsSpan(at + 3, end - at - 3), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
        {
            throw new FormatException($"error parsing regexp: invalid escape sequence: `{pattern[at..(end < 0 ? pattern.Length : end + 1)]}`");
        }

        output.Append(Regex.Escape(new Rune(code).ToString()));
        return end + 1;
    }
}
