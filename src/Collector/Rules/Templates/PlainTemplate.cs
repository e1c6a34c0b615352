using System.Buffers;

namespace NocMonitor.Collector.Rules.Templates;

/// <summary>
/// Recognises templates of the plain kind, which nearly all are: text with <c>{{field}}</c>, <c>{{helper field 'text' 2}}</c> and blocks of
/// <c>{{#if field}}</c>. They need no trial to be
/// known good, so that Handlebars, whose code for a hundred templates takes 10 MiB, starts work with the first alert and only on its rule.
/// </summary>
internal static class PlainTemplate
{
    private static readonly SearchValues<char> NameLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "else", "this", "if", "unless", "each", "with", "lookup", "log", "true", "false", "null", "undefined", "as",
    };

    /// <summary>False says nothing about the template: it may be good all the same.</summary>
    public static bool IsGood(ReadOnlySpan<char> text)
    {
        // A backslash may escape what follows, and single braces beside double ones mean something else.
        if (text.Contains('\\') || text.Contains("{{{", StringComparison.Ordinal) || text.Contains("}}}", StringComparison.Ordinal))
        {
            return false;
        }

        var blocks = default(OpenBlocks);
        while (text.IndexOf("{{") is var open and >= 0)
        {
            text = text[(open + 2)..];
            var close = text.IndexOf("}}");
            if (close < 0 || !(blocks.Take(text[..close]) || IsGoodPlace(text[..close])))
            {
                return false;
            }

            text = text[(close + 2)..];
        }

        return blocks.AreClosed;
    }

    private static bool IsGoodPlace(ReadOnlySpan<char> place)
    {
        var first = TakeName(ref place);
        if (first.IsEmpty || char.IsAsciiDigit(first[0]) || Words.Contains(first.ToString()))
        {
            return false;
        }

        if (place.IsEmpty)
        {
            return true;
        }

        if (!TemplateHelpers.All.ContainsKey(first.ToString()))
        {
            return false;
        }

        while (!place.IsEmpty)
        {
            if (place[0] != ' ' || !TakeArgument(ref place))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TakeArgument(ref ReadOnlySpan<char> place)
    {
        place = place[1..];
        if (place.IsEmpty || place[0] != '\'')
        {
            var name = TakeName(ref place);
            return !name.IsEmpty && !Words.Contains(name.ToString()) && (!char.IsAsciiDigit(name[0]) || !name.ContainsAnyExceptInRange('0', '9'));
        }

        var end = place[1..].IndexOf('\'');
        if (end < 0 || place[..(end + 1)].ContainsAny('{', '}', '"'))
        {
            return false;
        }

        place = place[(end + 2)..];
        return true;
    }

    private static ReadOnlySpan<char> TakeName(ref ReadOnlySpan<char> place)
    {
        var length = place.IndexOfAnyExcept(NameLetters);
        length = length < 0 ? place.Length : length;
        var name = place[..length];
        place = place[length..];
        return name;
    }

    /// <summary>The blocks of <c>if</c> that are open: one bit each, set once its <c>else</c> was there.</summary>
    private struct OpenBlocks
    {
        private const int Deepest = 32;
        private const string Opening = "#if ";

        private uint _elses;
        private int _depth;

        public readonly bool AreClosed => _depth == 0;

        /// <summary>True when the place opens, divides or closes a block, and may.</summary>
        public bool Take(ReadOnlySpan<char> place)
        {
            if (place.StartsWith(Opening) && _depth < Deepest)
            {
                var name = place[Opening.Length..];
                _elses &= ~(1u << _depth++);
                return !TakeName(ref name).IsEmpty && name.IsEmpty && !char.IsAsciiDigit(place[Opening.Length]) && !Words.Contains(place[Opening.Length..].ToString());
            }

            if (_depth == 0 || place is not ("else" or "/if"))
            {
                return false;
            }

            var bit = 1u << (_depth - 1);
            if (place is "/if")
            {
                _depth--;
                return true;
            }

            var first = (_elses & bit) == 0;
            _elses |= bit;
            return first;
        }
    }
}
