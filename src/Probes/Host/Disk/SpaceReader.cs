namespace NocMonitor.Probes.Host.Disk;

/// <summary>
/// Asks file systems for their space on threads of its own, because the call into a dead network file system does not return and cannot be cancelled.
/// One thread asks one file system after the other; when one takes longer than <see cref="Patience"/> the next thread goes on with the others. One that passes
/// the time limit is given up: its thread stays with it, and it is not asked again before that thread has come back. So there is at most one stuck thread a
/// file system, and at most <c>mostThreads</c> in all. When nothing is left to ask one thread waits for the next round and any other ends. Rounds do not
/// overlap; all state is under the gate, and the report is called outside it, from any thread.
/// </summary>
internal sealed class SpaceReader(Func<Mount, DiskSpace> read, TimeSpan limit, int mostThreads, TimeProvider time) : IDisposable
{
    // The calls made here need no more, and stuck threads should cost little.
    private const int StackBytes = 256 << 10;

    // A monitor, since threads wait on it for the next round.
    private readonly object _gate = new();
    private readonly Dictionary<(int Id, string Path), SpaceQuestion> _questions = [];
    private readonly Queue<SpaceQuestion> _waiting = new();
    private int _threads;
    private int _idle;
    private bool _stopped;

    private TimeSpan Patience { get; } = limit / 4 < TimeSpan.FromMilliseconds(250) ? limit / 4 : TimeSpan.FromMilliseconds(250);

    /// <summary>Asks all; each answer, late or missing ones too, is reported as soon as it is known, and all are when this returns.</summary>
    public async ValueTask ReadAsync(IReadOnlyList<Mount> mounts, Action<Mount, SpaceAnswer> report, CancellationToken token)
    {
        var round = new SpaceRound(report, mounts.Count);
        foreach (var question in Enqueue(mounts, round))
        {
            round.Report(question.Mount, new SpaceAnswer(SpaceOutcome.Hanging, default, time.GetElapsedTime(question.Started)));
        }

        WakeThread();
        await using var watch = time.CreateTimer(_ => Look(round), null, Patience, Patience);
        try
        {
            await round.Finished.WaitAsync(token);
        }
        finally
        {
            GiveUp();
        }
    }

    /// <summary>Lets the waiting thread end; one that is stuck ends when its call returns.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Puts every file system into the queue except those that still hang, which are returned.</summary>
    private List<SpaceQuestion> Enqueue(IReadOnlyList<Mount> mounts, SpaceRound round)
    {
        var hanging = new List<SpaceQuestion>();
        lock (_gate)
        {
            foreach (var mount in mounts)
            {
                var key = (mount.Id, mount.Path);
                if (_questions.TryGetValue(key, out var stuck))
                {
                    hanging.Add(stuck);
                }
                else
                {
                    var question = new SpaceQuestion(mount, round);
                    _questions.Add(key, question);
                    _waiting.Enqueue(question);
                }
            }
        }

        return hanging;
    }

    private void WakeThread()
    {
        lock (_gate)
        {
            if (_idle > 0)
            {
                Monitor.Pulse(_gate);
                return;
            }

            if (_waiting.Count == 0 || _threads >= mostThreads)
            {
                return;
            }

            _threads++;
        }

        new Thread(AskAll, StackBytes) { IsBackground = true, Name = "disk space" }.Start();
    }

    private void AskAll()
    {
        while (Next() is { } question)
        {
            var space = read(question.Mount);
            if (Conclude(question))
            {
                question.Round.Report(question.Mount, new SpaceAnswer(SpaceOutcome.Answered, space, time.GetElapsedTime(question.Started)));
            }
        }
    }

    private SpaceQuestion? Next()
    {
        lock (_gate)
        {
            SpaceQuestion? question;
            while (!_waiting.TryDequeue(out question))
            {
                if (_stopped || _idle > 0)
                {
                    _threads--;
                    return null;
                }

                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            question.Started = time.GetTimestamp();
            question.State = QuestionState.Asked;
            return question;
        }
    }

    /// <summary>The thread has come back: the file system may be asked again. True when the answer is still wanted.</summary>
    private bool Conclude(SpaceQuestion question)
    {
        lock (_gate)
        {
            _questions.Remove((question.Mount.Id, question.Mount.Path));
            return question.State == QuestionState.Asked;
        }
    }

    /// <summary>Gives up what is over its limit, and sees to it that the rest is asked or dropped.</summary>
    private void Look(SpaceRound round)
    {
        List<(SpaceQuestion Question, SpaceOutcome Outcome)> over;
        lock (_gate)
        {
            over = [.. _questions.Values.Where(IsOver).Select(question => (question, SpaceOutcome.TimedOut))];
            over.ForEach(late => late.Question.State = QuestionState.GivenUp);
            if (_threads >= mostThreads && _idle == 0 && _questions.Values.All(question => question.State != QuestionState.Asked))
            {
                over.AddRange(DropWaiting().Select(question => (question, SpaceOutcome.NotAsked)));
            }
        }

        WakeThread();
        foreach (var (question, outcome) in over)
        {
            round.Report(question.Mount, new SpaceAnswer(outcome, default, outcome == SpaceOutcome.TimedOut ? limit : TimeSpan.Zero));
        }
    }

    private bool IsOver(SpaceQuestion question) =>
        question.State == QuestionState.Asked && time.GetElapsedTime(question.Started) >= limit;

    private void GiveUp()
    {
        lock (_gate)
        {
            DropWaiting();
            foreach (var question in _questions.Values)
            {
                question.State = QuestionState.GivenUp;
            }
        }
    }

    /// <summary>Call within the gate.</summary>
    private List<SpaceQuestion> DropWaiting()
    {
        var dropped = _waiting.ToList();
        _waiting.Clear();
        dropped.ForEach(question => _questions.Remove((question.Mount.Id, question.Mount.Path)));
        return dropped;
    }
}
