using System.Globalization;
using NocMonitor.Fuzz;

// NocMonitor.Fuzz [target|all] [--iterations N] [--seconds N] [--seed N] [--corpus DIR]
try
{
    var options = FuzzOptions.Parse(args);
    foreach (var target in options.Targets)
    {
        var corpus = new FuzzCorpus(Path.Combine(options.CorpusFolder, target.Name));
        var outcome = new FuzzRun(target, corpus, TimeProvider.System).Run(options.Seed, options.Iterations, options.Limit);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {outcome.Iterations} inputs, seed {options.Seed}, {outcome.Words}"));
        if (outcome.Crash is not null)
        {
            return 1;
        }
    }

    return 0;
}
catch (FuzzOptionException bad)
{
    Console.Error.WriteLine(bad.Message);
    return 2;
}
