using NocMonitor.Configuration;

namespace NocMonitor.Probes;

/// <summary>A kind of probe: its name in the configuration, its options and how one is made of them.</summary>
public sealed class ProbeType
{
    private readonly Func<OptionReader, Func<ProbeContext, IProbe>> _read;

    private ProbeType(string name, string help, Func<OptionReader, Func<ProbeContext, IProbe>> read)
    {
        Name = name;
        Help = help;
        _read = read;
    }

    /// <summary>The word in <c>"Type"</c>, such as <c>ping</c>.</summary>
    public string Name { get; }

    /// <summary>What it measures, in one line.</summary>
    public string Help { get; }

    public static ProbeType Of<TOptions>(
        string name, string help, Func<OptionReader, TOptions> read, Func<TOptions, ProbeContext, IProbe> create) =>
        new(name, help, reader =>
        {
            var options = read(reader);
            return context => create(options, context);
        });

    /// <summary>Reads the options, noting every error in the reader; the result makes the probe once the whole configuration proved right.</summary>
    public Func<ProbeContext, IProbe> Read(OptionReader reader) => _read(reader);

    public OptionSchema Describe() => OptionSchema.Describe(_read);
}
