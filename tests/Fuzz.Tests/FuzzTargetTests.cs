using NocMonitor.Testing;

namespace NocMonitor.Fuzz.Tests;

public sealed class FuzzTargetTests
{
    private static IEnumerable<FuzzTarget> Targets => FuzzTargets.All;

    private static IEnumerable<TestCaseData> CorpusFiles =>
        from target in FuzzTargets.All
        from file in CorpusOf(target).Files
        select new TestCaseData(target, file).SetArgDisplayNames(target.Name, Path.GetFileName(file));

    [TestCaseSource(nameof(CorpusFiles))]
    public void Every_input_of_the_corpus_is_taken_without_a_crash(FuzzTarget target, string file) =>
        Assert.That(() => target.Run(File.ReadAllBytes(file)), Throws.Nothing);

    [TestCaseSource(nameof(Targets))]
    public void A_short_run_of_mutations_finds_no_crash(FuzzTarget target)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in CorpusOf(target).Files)
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        var outcome = new FuzzRun(target, new FuzzCorpus(folder.Path), TimeProvider.System).Run(1, 2000, TimeSpan.FromSeconds(10));

        Assert.That(outcome.Crash, Is.Null, outcome.Words);
    }

    [TestCaseSource(nameof(Targets))]
    public void Every_target_has_seeds(FuzzTarget target) => Assert.That(CorpusOf(target).Files, Is.Not.Empty);

    [Test]
    public void A_crashing_input_is_kept()
    {
        using var folder = new TemporaryFolder();
        folder.Write("seed", "abc");
        var target = new FuzzTarget("breaks", input =>
        {
            if (input.Length > 5)
            {
                throw new InvalidOperationException("too long for me");
            }
        });

        var outcome = new FuzzRun(target, new FuzzCorpus(folder.Path), TimeProvider.System).Run(1, 10_000, TimeSpan.FromMinutes(1));

        Assert.That(outcome.Crash, Is.Not.Null);
        Assert.That(File.ReadAllBytes(outcome.Crash!), Has.Length.GreaterThan(5));
        Assert.That(outcome.Words, Does.Contain("too long for me"));
    }

    [Test]
    public void The_same_seed_gives_the_same_inputs()
    {
        var first = new FuzzMutator(7, ["abc"u8.ToArray()], ["x"]);
        var second = new FuzzMutator(7, ["abc"u8.ToArray()], ["x"]);

        for (var i = 0; i < 100; i++)
        {
            Assert.That(second.Next(), Is.EqualTo(first.Next()));
        }
    }

    private static FuzzCorpus CorpusOf(FuzzTarget target) => new(Repository.Locate("tests", "Fuzz", "corpus", target.Name));
}
