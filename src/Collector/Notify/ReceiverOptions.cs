using NocMonitor.Configuration;

namespace NocMonitor.Collector.Notify;

/// <summary>One entry of <c>Receivers</c>: what all types share. The type's own options stand beside these.</summary>
internal sealed record ReceiverOptions
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    /// <summary>A receiver that is off gets nothing new; what waits for it in the outbox waits on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The time limit of one try.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>So many transitions waiting at once are told in one notification; fewer are told one by one. 0: always one by one.</summary>
    public required int GroupFrom { get; init; }

    /// <summary>Makes the notifier.</summary>
    public required Func<TimeProvider, INotifier> Create { get; init; }

    public static ReceiverOptions Read(string name, OptionReader reader)
    {
        var type = reader.RequiredText("Type", $"What kind of receiver: {string.Join(", ", NotifierCatalog.All.Select(known => known.Name))}.");
        var options = new ReceiverOptions
        {
            Name = name,
            Type = type,
            Enabled = reader.Flag("Enabled", true, "Off: it is told nothing new, and what waits for it waits on."),
            Timeout = reader.Duration("Timeout", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "The time limit of one try."),
            GroupFrom = reader.Integer("GroupFrom", 10, 0, 10_000,
                "So many transitions waiting at once are told in one notification, fewer are told one by one; 0: always one by one."),
            Create = ReadType(type, reader),
        };
        if (!reader.Describing && !IsName(name))
        {
            reader.Fail("Type", $"the receiver's name '{name}' may have letters, digits, dots, dashes and underscores only, at most 60");
        }

        return options;
    }

    private static Func<TimeProvider, INotifier> ReadType(string name, OptionReader reader)
    {
        if (NotifierCatalog.Find(name) is { } type)
        {
            return type.Read(reader);
        }

        if (name.Length > 0)
        {
            reader.Fail("Type", $"'{name}' is no kind of receiver{Suggestion.For(name, NotifierCatalog.All.Select(known => known.Name))}");
        }

        return _ => throw new InvalidOperationException("a receiver of no known type was read without error");
    }

    /// <summary>The name goes into header fields and message ids.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 60 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
