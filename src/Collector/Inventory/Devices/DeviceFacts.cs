using System.Diagnostics.CodeAnalysis;

namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>What is known of a device, field by field in the order of <see cref="InventoryField.All"/>. A field nothing is known of is not there. Immutable.</summary>
internal sealed class DeviceFacts
{
    /// <summary>Characters of one field; what is longer is cut: a list at its last whole item.</summary>
    public const int LongestText = 16_000;

    private readonly Dictionary<string, string> _texts = new(StringComparer.OrdinalIgnoreCase);

    public DeviceFacts(IEnumerable<KeyValuePair<string, string>> facts)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in facts)
        {
            given[name] = text;
        }

        foreach (var field in InventoryField.All)
        {
            if (given.TryGetValue(field.Name, out var text) && Clean(field, text) is { Length: > 0 } clean)
            {
                _texts.Add(field.Name, clean);
            }
        }
    }

    public static DeviceFacts None { get; } = new([]);

    /// <summary>The text of a field; empty when it is not known.</summary>
    public string this[string field] => _texts.GetValueOrDefault(field, "");

    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>These facts, and where others say something what they say.</summary>
    public DeviceFacts With(IEnumerable<KeyValuePair<string, string>> others) => new(_texts.Concat(others));

    private static string Clean(InventoryField field, string text)
    {
        var clean = Line(text);
        return field.Shape switch
        {
            FieldShape.List => Cut(InventoryField.Join(InventoryField.Items(clean))),
            FieldShape.Address => IpText.Plain(clean),
            _ => clean.Length <= LongestText ? clean : clean[..LongestText],
        };
    }

    private static string Cut(string list) =>
        list.Length <= LongestText ? list : list[..Math.Max(0, list.LastIndexOf(InventoryField.Separator, LongestText))];

    /// <summary>One line without control characters: devices answer with whatever somebody once typed.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Line(string? text) => text is null || !text.Any(char.IsControl)
        ? text?.Trim()
        : string.Join(' ', string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
