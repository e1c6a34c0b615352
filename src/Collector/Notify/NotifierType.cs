using NocMonitor.Configuration;

namespace NocMonitor.Collector.Notify;

/// <summary>A kind of receiver: its name in the configuration, its options and how a notifier is made of them.</summary>
internal sealed class NotifierType
{
    private readonly Func<OptionReader, Func<TimeProvider, INotifier>> _read;

    private NotifierType(string name, string help, Func<OptionReader, Func<TimeProvider, INotifier>> read)
    {
        Name = name;
        Help = help;
        _read = read;
    }

    /// <summary>The word in <c>"Type"</c>, such as <c>webhook</c>.</summary>
    public string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public string Help { get; }

    public static NotifierType Of<TOptions>(
        string name, string help, Func<OptionReader, TOptions> read, Func<TOptions, TimeProvider, INotifier> create) =>
        new(name, help, reader =>
        {
            var options = read(reader);
            return time => create(options, time);
        });

    /// <summary>Reads the options, noting every error in the reader; the result makes the notifier once the whole configuration proved right.</summary>
    public Func<TimeProvider, INotifier> Read(OptionReader reader) => _read(reader);

    public OptionSchema Describe() => OptionSchema.Describe(_read);
}
