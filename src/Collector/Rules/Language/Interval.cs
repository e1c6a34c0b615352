using System.Globalization;

namespace NocMonitor.Collector.Rules.Language;

/// <summary>A stretch of numbers with open or closed ends.</summary>
internal readonly record struct Interval(double Low, bool LowOpen, double High, bool HighOpen)
{
    public static Interval All { get; } = new(double.NegativeInfinity, true, double.PositiveInfinity, true);

    public bool IsEmpty => Low > High || (Low == High && (LowOpen || HighOpen));

    public static Interval Where(TokenKind comparison, double limit) => comparison switch
    {
        TokenKind.Less => All with { High = limit },
        TokenKind.LessOrEqual => All with { High = limit, HighOpen = false },
        TokenKind.Greater => All with { Low = limit },
        TokenKind.GreaterOrEqual => All with { Low = limit, LowOpen = false },
        _ => new Interval(limit, false, limit, false),
    };

    public Interval Intersect(Interval other)
    {
        var (low, lowOpen) = Low > other.Low ? (Low, LowOpen)
            : Low < other.Low ? (other.Low, other.LowOpen) : (Low, LowOpen || other.LowOpen);
        var (high, highOpen) = High < other.High ? (High, HighOpen)
            : High > other.High ? (other.High, other.HighOpen) : (High, HighOpen || other.HighOpen);
        return new Interval(low, lowOpen, high, highOpen);
    }

    /// <summary>A number inside, as an example for a person.</summary>
    public string Example()
    {
        var number = (double.IsInfinity(Low), double.IsInfinity(High)) switch
        {
            (true, true) => 0,
            (true, false) => HighOpen ? High - 1 : High,
            (false, true) => LowOpen ? Low + 1 : Low,
            _ => Low == High ? Low : (Low + High) / 2,
        };
        return number.ToString("0.####", CultureInfo.InvariantCulture);
    }
}
