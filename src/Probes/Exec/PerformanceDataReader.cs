using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace NocMonitor.Probes.Exec;

/// <summary>
/// Reads the items of one line of performance data, one after the other. Nothing throws, whatever stands there: text that is no item is passed over,
/// an item whose value is no number is counted. Grammar and the liberties taken: docs/formats/nagios-plugin.md.
/// </summary>
internal ref struct PerformanceDataReader(ReadOnlySpan<char> line)
{
    // Looking for the end of a quoted label stops here, which also keeps a line of nothing but quotes from taking quadratic time.
    private const int LongestLabel = 512;
    private const int LongestUnit = 32;

    private static readonly SearchValues<char> WordEnds = SearchValues.Create("; \t,='");
    private static readonly SearchValues<char> RangeCharacters = SearchValues.Create("0123456789.,:~@+-eE");

    private ReadOnlySpan<char> _rest = line;

    /// <summary>Items, or parts of items, that could not be read.</summary>
    public int Malformed { get; private set; }

    public bool TryRead([NotNullWhen(true)] out PerformanceItem? item)
    {
        item = null;
        while (item is null && TryLabel(out var label))
        {
            // The value is read even where the label is no good, lest it become part of the next label.
            if (!TryItem(label, out item) || label.Length == 0)
            {
                Malformed++;
                item = null;
            }
        }

        return item is not null;
    }

    /// <summary>Moves behind the equals sign of the next label. The words before an unquoted label belong to it, as long as no quote stands among them.</summary>
    private bool TryLabel(out string label)
    {
        label = "";
        var words = _rest;
        while (!(_rest = _rest.TrimStart()).IsEmpty)
        {
            if (_rest[0] == '\'')
            {
                if (TryQuotedLabel(out label))
                {
                    return true;
                }

                words = _rest;
                continue;
            }

            var end = _rest.IndexOfAny(" \t=");
            if (end < 0)
            {
                break;
            }

            var next = _rest[end..].TrimStart();
            if (next.StartsWith('='))
            {
                var text = words[..(words.Length - next.Length)].Trim(" \t;,");
                label = text.Length <= LongestLabel ? Unescape(text) : "";
                _rest = next[1..];
                return true;
            }

            _rest = next;
        }

        _rest = default;
        return false;
    }

    /// <summary>At a quote: a label up to the closing quote, if an equals sign follows it. Otherwise moves on behind what is no label.</summary>
    private bool TryQuotedLabel(out string label)
    {
        label = "";
        var close = ClosingQuote();
        var after = _rest[(close + 1)..].TrimStart();
        if (close > 0 && after.StartsWith('='))
        {
            label = Unescape(_rest[1..close]);
            _rest = after[1..];
            return true;
        }

        _rest = _rest[(Math.Max(close, 0) + 1)..];
        return false;
    }

    /// <summary>The quote that ends a label: no doubled one, and one that a blank, an equals sign or the end follows, so that <c>'Bob's disk'</c> is one label.</summary>
    private readonly int ClosingQuote()
    {
        for (var i = 1; i < Math.Min(_rest.Length, LongestLabel); i++)
        {
            if (_rest[i] != '\'')
            {
                continue;
            }

            if (i + 1 == _rest.Length || _rest[i + 1] is '=' or ' ' or '\t')
            {
                return i;
            }

            i += _rest[i + 1] == '\'' ? 1 : 0;
        }

        return -1;
    }

    private static string Unescape(ReadOnlySpan<char> label) => label.Trim().ToString().Replace("''", "'", StringComparison.Ordinal);

    private bool TryItem(string label, out PerformanceItem? item)
    {
        item = null;
        if (!TryValue(out var value))
        {
            return false;
        }

        var unit = TakeUnit();
        if (unit.Length > LongestUnit || _rest.StartsWith('='))
        {
            return false;
        }

        var warning = TakeRange(unit);
        var critical = TakeRange(unit);
        item = new PerformanceItem(label, unit.ToString())
        {
            Value = value,
            Warning = warning,
            Critical = critical,
            Minimum = TakeBound(unit),
            Maximum = TakeBound(unit),
        };
        while (_rest.StartsWith(';'))
        {
            _rest = _rest[1..];
        }

        return true;
    }

    /// <summary>A number; or null for U, for nothing at all, and for the NaN and infinity of a careless printf.</summary>
    private bool TryValue(out double? value)
    {
        value = null;
        var text = _rest.TrimStart();
        var length = PerformanceNumber.Length(text);
        if (length > 0)
        {
            var good = PerformanceNumber.TryParse(text[..length], out var number);
            value = number;
            _rest = text[length..];
            return good;
        }

        var word = _rest[..WordLength(_rest)];
        var known = word is "" or "U" || IsNoNumber(word.TrimStart("+-"));
        if (!known && word[0] == 'U' && word[1..] is "%" or "s" or "ms" or "us" or "B" or "KB" or "MB" or "GB" or "TB" or "c")
        {
            // The unit stays behind for TakeUnit.
            word = word[..1];
            known = true;
        }

        _rest = _rest[word.Length..];
        return known;
    }

    private static bool IsNoNumber(ReadOnlySpan<char> word) =>
        word.Equals("nan", StringComparison.OrdinalIgnoreCase) || word.Equals("inf", StringComparison.OrdinalIgnoreCase);

    /// <summary>What follows the number up to a semicolon or blank. A unit set off by a blank counts only when a semicolon follows it.</summary>
    private ReadOnlySpan<char> TakeUnit()
    {
        var length = WordLength(_rest);
        if (length == 0)
        {
            var apart = _rest.TrimStart();
            var word = WordLength(apart);
            if (word > 0 && apart.Length < _rest.Length && apart[word..].StartsWith(';') && !char.IsAsciiDigit(apart[0]) && apart[0] != '\'')
            {
                _rest = apart;
                length = word;
            }
        }

        var unit = _rest[..length];
        _rest = _rest[length..];
        return unit;
    }

    private static int WordLength(ReadOnlySpan<char> text) => text.IndexOfAny(WordEnds) is var end and >= 0 ? end : text.Length;

    private PerformanceRange? TakeRange(ReadOnlySpan<char> unit)
    {
        if (!TryPart(out var part))
        {
            return null;
        }

        if (PerformanceRange.TryParse(part, unit, out var range))
        {
            return range;
        }

        Malformed++;
        return null;
    }

    private double? TakeBound(ReadOnlySpan<char> unit)
    {
        if (!TryPart(out var part))
        {
            return null;
        }

        if (PerformanceNumber.TryParse(unit.Length > 0 && part.EndsWith(unit, StringComparison.Ordinal) ? part[..^unit.Length] : part, out var bound))
        {
            return bound;
        }

        Malformed += part is "U" ? 0 : 1;
        return null;
    }

    /// <summary>
    /// Takes the next part behind its semicolon; false when it is empty or absent. Behind a blank only a number or range is a part: anything else is
    /// the next label or text.
    /// </summary>
    private bool TryPart(out ReadOnlySpan<char> part)
    {
        part = default;
        var text = _rest.TrimStart();
        if (!text.StartsWith(';'))
        {
            return false;
        }

        _rest = text = text[1..];
        var blank = text.Length > 0 && text[0] is ' ' or '\t';
        text = text.TrimStart();
        var end = text.IndexOfAny("; \t");
        part = end < 0 ? text : text[..end];
        if (part.IsEmpty || (blank && !LooksLikePart(part)))
        {
            part = default;
            return false;
        }

        _rest = text[part.Length..];
        return true;
    }

    private static bool LooksLikePart(ReadOnlySpan<char> part) => part.IndexOfAnyExcept(RangeCharacters) < 0 && part.IndexOfAnyInRange('0', '9') >= 0;
}
