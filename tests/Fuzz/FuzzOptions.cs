using System.Globalization;

namespace NocMonitor.Fuzz;

internal sealed class FuzzOptionException(string message) : Exception(message);

/// <summary>The command line.</summary>
internal sealed record FuzzOptions
{
    public IReadOnlyList<FuzzTarget> Targets { get; private init; } = FuzzTargets.All;

    /// <summary>Mutated inputs a target.</summary>
    public long Iterations { get; private init; } = 1_000_000;

    /// <summary>Time a target.</summary>
    public TimeSpan Limit { get; private init; } = TimeSpan.FromSeconds(60);

    public int Seed { get; private init; } = 1;

    public string CorpusFolder { get; private init; } = FindCorpus();

    public static FuzzOptions Parse(string[] args)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new FuzzOptionException($"{args[^1]} wants a value");
            int Number() => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new FuzzOptionException($"{args[i - 1]} wants a whole number above 0");
            options = args[i] switch
            {
                "--iterations" => options with { Iterations = Number() },
                "--seconds" => options with { Limit = TimeSpan.FromSeconds(Number()) },
                "--seed" => options with { Seed = Number() },
                "--corpus" => options with { CorpusFolder = Value() },
                "all" => options,
                var name => options with { Targets = [FuzzTargets.Find(name) ?? throw new FuzzOptionException(Unknown(name))] },
            };
        }

        return options;
    }

    private static string Unknown(string name) => $"no target {name}; there are: {string.Join(", ", FuzzTargets.All)}";

    private static string FindCorpus()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NocMonitor.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? ".", "tests", "Fuzz", "corpus");
    }
}
