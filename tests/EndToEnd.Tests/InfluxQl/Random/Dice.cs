namespace NocMonitor.EndToEnd.Tests.InfluxQl.Random;

/// <summary>Chance that can be repeated: the same seed gives the same throws. Not safe for concurrent use.</summary>
internal sealed class Dice(int seed)
{
    private readonly System.Random _random = new(seed);

    /// <summary>True once in so many throws.</summary>
    public bool Once(int every) => _random.Next(every) == 0;

    /// <summary>A number from low to high, both included.</summary>
    public int Between(int low, int high) => _random.Next(low, high + 1);

    public T Pick<T>(params ReadOnlySpan<T> items) => items[_random.Next(items.Length)];

    /// <summary>Some of the items in any order, at least one.</summary>
    public IReadOnlyList<T> Some<T>(int most, params ReadOnlySpan<T> items)
    {
        var shuffled = items.ToArray();
        _random.Shuffle(shuffled);
        return shuffled[..Between(1, Math.Min(most, shuffled.Length))];
    }

    /// <summary>The text mostly, else nothing.</summary>
    public string Maybe(int every, Func<string> text) => Once(every) ? text() : "";
}
