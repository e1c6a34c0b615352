namespace NocMonitor.Agent.Delivery;

/// <summary>
/// Finds the bad lines of a batch that a collector refused, by halves: each half is sent again, what is accepted is done, and a single line that
/// is still refused goes to the dead letters. The good lines go on. A batch of bad lines only is bounded by a number of requests; what is left
/// then is set aside whole. Used by the uplink alone.
/// </summary>
internal sealed class BatchSplitter(DeadLetters deadLetters)
{
    private const int MostRequests = 256;

    private readonly Stack<ReadOnlyMemory<byte>> _parts = [];
    private readonly List<(ReadOnlyMemory<byte> Lines, string Reason)> _refused = [];

    /// <summary>Accepted once every line is with the collector or among the dead letters, else the failure that came between.</summary>
    /// <param name="collector">The collector that refused the lines.</param>
    /// <param name="lines">Whole lines; the caller keeps them unchanged until the end.</param>
    /// <param name="first">Its refusal.</param>
    /// <param name="deadLetterBytes">Bound of the dead-letter file.</param>
    public async ValueTask<PostResult> SettleAsync(
        CollectorEndpoint collector, ReadOnlyMemory<byte> lines, PostResult first, long deadLetterBytes, CancellationToken token)
    {
        _parts.Clear();
        _refused.Clear();
        Split(lines, first);
        for (var requests = 0; _parts.TryPop(out var part); requests++)
        {
            if (requests >= MostRequests)
            {
                _refused.Add((part, first.Reason));
                continue;
            }

            var result = await collector.PostAsync(part, token);
            if (result.IsFailure)
            {
                return result;
            }

            if (result.Kind != PostKind.Accepted)
            {
                Split(part, result);
            }
        }

        // Only now: after a failure the whole batch comes again, and a bad line would be counted twice.
        foreach (var (bad, reason) in _refused)
        {
            deadLetters.Add(bad.Span, bad.Span.Count((byte)'\n'), reason, deadLetterBytes);
        }

        return PostResult.Accepted;
    }

    private void Split(ReadOnlyMemory<byte> lines, PostResult refusal)
    {
        var cut = Middle(lines.Span);
        if (cut == 0)
        {
            _refused.Add((lines, refusal.Reason));
            return;
        }

        // The earlier half is on top, so that lines arrive in their order.
        _parts.Push(lines[cut..]);
        _parts.Push(lines[..cut]);
    }

    /// <summary>The start of the line nearest to the middle; 0 when there is only one line.</summary>
    private static int Middle(ReadOnlySpan<byte> lines)
    {
        var half = lines.Length / 2;
        var before = lines[..half].LastIndexOf((byte)'\n') + 1;
        if (before > 0)
        {
            return before;
        }

        var after = lines[half..].IndexOf((byte)'\n') + half + 1;
        return after > half && after < lines.Length ? after : 0;
    }
}
