namespace NocMonitor.Collector.Hosting;

/// <summary>
/// Whether the collector takes points: null while it does, else the reason in words. Parts that can stop it register a question when they are
/// composed; every question is asked again for each request, so that recovery needs no word from anybody. Registered before start, read-only after.
/// </summary>
internal sealed class Readiness(TimeProvider time)
{
    private readonly List<Func<string?>> _questions = [];

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public TimeSpan Up => time.GetUtcNow() - StartedAt;

    public void Add(Func<string?> trouble) => _questions.Add(trouble);

    public string? Trouble() => _questions.Select(question => question()).FirstOrDefault(trouble => trouble is not null);
}
