using System.Globalization;

namespace NocMonitor.Probes.Snmp.Profiles.Expressions;

/// <summary>Recursive descent over one text; bounded in depth and names. Used once.</summary>
internal sealed class NumberExpressionParser(string text)
{
    private const int MostDepth = 32;
    private const int MostNames = 32;

    private static readonly string[][] Levels = [["==", "!=", "<=", ">=", "<", ">"], ["+", "-"], ["*", "/"]];

    private readonly List<string> _names = [];
    private int _at;
    private int _depth;
    private string _error = "";

    public NumberExpression? Parse(out string error)
    {
        var root = ReadLevel(0);
        SkipSpaces();
        if (root is not null && _at < text.Length)
        {
            root = Fail($"unexpected '{text[_at]}'");
        }

        error = _error;
        return root is null ? null : new NumberExpression(text, _names, root);
    }

    private NumberTerm? ReadLevel(int level)
    {
        if (level == Levels.Length)
        {
            return ReadPower();
        }

        if (++_depth > MostDepth * (Levels.Length + 1))
        {
            return Fail("too many brackets inside one another");
        }

        var left = ReadLevel(level + 1);
        while (left is not null && TakeOperator(Levels[level]) is { } operation)
        {
            left = ReadLevel(level + 1) is { } right ? new BinaryTerm(OperationOf(operation), left, right) : null;
        }

        _depth--;
        return left;
    }

    /// <summary>The sign binds weaker than the power, and the power to the right, as in mathematics.</summary>
    private NumberTerm? ReadPower()
    {
        if (++_depth > MostDepth * (Levels.Length + 1))
        {
            return Fail("too many signs or powers one after the other");
        }

        NumberTerm? term;
        if (TakeOperator(["-"]) is not null)
        {
            term = ReadPower() is { } negated ? new BinaryTerm(static (a, b) => a - b, new ConstantTerm(0), negated) : null;
        }
        else
        {
            term = ReadOperand();
            if (term is not null && TakeOperator(["^"]) is not null)
            {
                term = ReadPower() is { } exponent ? new BinaryTerm(Math.Pow, term, exponent) : null;
            }
        }

        _depth--;
        return term;
    }

    private NumberTerm? ReadOperand()
    {
        SkipSpaces();
        if (_at == text.Length)
        {
            return Fail("a value is missing at the end");
        }

        if (text[_at] == '(')
        {
            _at++;
            return ReadLevel(0) is { } inner && Expect(')') ? inner : null;
        }

        var start = _at;
        if (char.IsAsciiDigit(text[_at]) || text[_at] == '.')
        {
            while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] is '.' or 'e' or 'E' || (text[_at] is '-' or '+' && text[_at - 1] is 'e' or 'E')))
            {
                _at++;
            }

            return double.TryParse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? new ConstantTerm(number)
                : Fail($"'{text[start.._at]}' is not a number");
        }

        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return start == _at ? Fail($"unexpected '{text[_at]}'") : ReadNamed(text[start.._at]);
    }

    private NumberTerm? ReadNamed(string name)
    {
        SkipSpaces();
        if (_at < text.Length && text[_at] == '(')
        {
            return ReadCall(name);
        }

        if (name == "none")
        {
            return new ConstantTerm(double.NaN);
        }

        var index = _names.IndexOf(name);
        if (index < 0)
        {
            index = _names.Count;
            _names.Add(name);
        }

        return index < MostNames ? new NameTerm(index) : Fail($"more than {MostNames} names");
    }

    private NumberTerm? ReadCall(string name)
    {
        if (NumberFunction.All.FirstOrDefault(known => known.Name == name) is not { } function)
        {
            return Fail($"there is no function {name}; there are {string.Join(", ", NumberFunction.All.Select(known => known.Name))}");
        }

        var arguments = new List<NumberTerm>();
        do
        {
            _at++;
            if (ReadLevel(0) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
            SkipSpaces();
        }
        while (_at < text.Length && text[_at] == ',');
        if (!Expect(')'))
        {
            return null;
        }

        return arguments.Count >= function.Fewest && arguments.Count <= function.Most
            ? new CallTerm(function, [.. arguments])
            : Fail($"{name} takes {(function.Fewest == function.Most ? $"{function.Most}" : $"{function.Fewest} to {function.Most}")} values, not {arguments.Count}");
    }

    private static Func<double, double, double> OperationOf(string operation) => operation switch
    {
        "==" => static (a, b) => a == b ? 1 : 0,
        "!=" => static (a, b) => a != b ? 1 : 0,
        "<=" => static (a, b) => a <= b ? 1 : 0,
        ">=" => static (a, b) => a >= b ? 1 : 0,
        "<" => static (a, b) => a < b ? 1 : 0,
        ">" => static (a, b) => a > b ? 1 : 0,
        "+" => static (a, b) => a + b,
        "-" => static (a, b) => a - b,
        "*" => static (a, b) => a * b,
        _ => static (a, b) => a / b,
    };

    private string? TakeOperator(ReadOnlySpan<string> operators)
    {
        SkipSpaces();
        foreach (var known in operators)
        {
            if (text.AsSpan(_at).StartsWith(known, StringComparison.Ordinal))
            {
                _at += known.Length;
                return known;
            }
        }

        return null;
    }

    private bool Expect(char wanted)
    {
        SkipSpaces();
        if (_at < text.Length && text[_at] == wanted)
        {
            _at++;
            return true;
        }

        Fail($"'{wanted}' is missing");
        return false;
    }

    private void SkipSpaces()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private NumberTerm? Fail(string message)
    {
        _error = _error.Length > 0 ? _error : $"{message}, at character {_at + 1} of '{text}'";
        return null;
    }
}
