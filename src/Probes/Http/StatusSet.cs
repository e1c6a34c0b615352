using System.Globalization;

namespace NocMonitor.Probes.Http;

/// <summary>Status codes such as <c>200</c>, <c>200-299</c> and <c>401</c> together. Immutable.</summary>
internal sealed class StatusSet
{
    private readonly List<(int Low, int High)> _ranges = [];

    private StatusSet()
    {
    }

    public static bool TryParse(IEnumerable<string> texts, out StatusSet set)
    {
        set = new StatusSet();
        foreach (var text in texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)))
        {
            var dash = text.IndexOf('-');
            if (!IsCode(dash < 0 ? text : text[..dash], out var low) || !IsCode(dash < 0 ? text : text[(dash + 1)..], out var high) || high < low)
            {
                return false;
            }

            set._ranges.Add((low, high));
        }

        return set._ranges.Count > 0;
    }

    public bool Contains(int status) => _ranges.Exists(range => status >= range.Low && status <= range.High);

    public override string ToString() => string.Join(", ", _ranges.Select(range => range.Low == range.High ? $"{range.Low}" : $"{range.Low}-{range.High}"));

    private static bool IsCode(string text, out int code) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 999;
}
