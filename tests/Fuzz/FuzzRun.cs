namespace NocMonitor.Fuzz;

/// <summary>What a run came to.</summary>
/// <param name="Crash">The file that holds the crashing input; null when there was none.</param>
public sealed record FuzzOutcome(long Iterations, string? Crash, string Words);

/// <summary>
/// Feeds the corpus and then mutations of it to a target, until a number of inputs, a time or the first crash. A target that hangs is caught
/// too: another thread keeps the input and ends the process.
/// </summary>
public sealed class FuzzRun(FuzzTarget target, FuzzCorpus corpus, TimeProvider time)
{
    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(10);

    private byte[] _current = [];
    private long _started;

    public FuzzOutcome Run(int seed, long iterations, TimeSpan limit)
    {
        var begun = time.GetTimestamp();
        _started = begun;
        using var watchdog = time.CreateTimer(_ => EndWhenHanging(), null, LongestInput, LongestInput);
        var seeds = corpus.Load();
        var mutator = new FuzzMutator(seed, seeds, target.Words);
        long count = 0;
        while (count < seeds.Count + iterations && time.GetElapsedTime(begun) < limit)
        {
            var input = count < seeds.Count ? seeds[(int)count] : mutator.Next();
            count++;
            if (Crash(input) is { } reason)
            {
                var file = corpus.Keep(input);
                return new FuzzOutcome(count, file, $"CRASH kept in {file}: {reason}");
            }
        }

        return new FuzzOutcome(count, null, "no crash");
    }

    // A fuzz target may throw anything; telling what is the purpose of this program.
    private Exception? Crash(byte[] input)
    {
        Volatile.Write(ref _current, input);
        Volatile.Write(ref _started, time.GetTimestamp());
        try
        {
            target.Run(input);
            return null;
        }
        catch (Exception finding)
        {
            return finding;
        }
    }

    private void EndWhenHanging()
    {
        if (time.GetElapsedTime(Volatile.Read(ref _started)) > LongestInput)
        {
            Environment.FailFast($"{target.Name} hangs; input kept in {corpus.Keep(Volatile.Read(ref _current))}");
        }
    }
}
