using NocMonitor.Probes.Ping;

namespace NocMonitor.Probes.Discovery;

/// <summary>
/// Looks through addresses: who answers a ping, what of it answers SNMP, which ports are open. The sweep runs ahead of the looking by so many devices at most, so that neither time nor memory depends on how many there
/// are. One run at a time; the lock orders what is handed to the sink.
/// </summary>
public sealed class DeviceDiscovery(AddressSet addresses, DiscoveryOptions options, ProbeContext context)
{
    private readonly Lock _lock = new();
    private readonly PortCheck _ports = new(options, new Pace(options.Rate, context.Time), context.Time);
    private readonly SnmpIdentification _snmp = new(options, context);

    /// <summary>Runs from an index to the end. What was handed over stays valid when it is cancelled.</summary>
    /// <exception cref="DiscoveryException">This machine cannot look at all.</exception>
    public async Task RunAsync(long from, IDiscoverySink sink, CancellationToken token)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var slots = new SemaphoreSlim(options.Concurrency);
        var cursor = new DoneCursor(from);
        var looking = new HashSet<Task>();
        try
        {
            await foreach (var answer in SweepAsync(from, end.Token))
            {
                if (!answer.Answers)
                {
                    Done(answer.Index, null, cursor, sink);
                    continue;
                }

                await slots.WaitAsync(end.Token);
                looking.RemoveWhere(task => task.IsCompletedSuccessfully);
                if (looking.FirstOrDefault(task => task.IsFaulted) is { } failed)
                {
                    await failed;
                }

                looking.Add(LookAsync(answer, cursor, sink, slots, end.Token));
            }

            await Task.WhenAll(looking);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(looking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async IAsyncEnumerable<SweepAnswer> SweepAsync(long from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        if (options.SkipsPing)
        {
            for (var index = from; index < addresses.Count; index++)
            {
                yield return new SweepAnswer(index, addresses[index], true, "");
            }

            yield break;
        }

        var sweep = new PingSweep(addresses, options, context.Shared(EchoEngines.Open), context.Time);
        await foreach (var answer in sweep.RunAsync(from, token))
        {
            // Without the right to ping every address would look dead, and every device gone.
            yield return answer.Problem.Length > 0 ? throw new DiscoveryException($"{answer.Address} cannot be pinged: {answer.Problem}") : answer;
        }
    }

    private async Task LookAsync(SweepAnswer answer, DoneCursor cursor, IDiscoverySink sink, SemaphoreSlim slots, CancellationToken token)
    {
        try
        {
            await Task.Yield();
            var identified = await _snmp.AskAsync(answer.Address, token);
            var ports = await _ports.FindAsync(answer.Address, token);
            var facts = new Dictionary<string, string>(identified.Facts, StringComparer.Ordinal);
            if (ports.Count > 0)
            {
                facts["ports"] = DiscoveredDevice.List(ports.Select(port => port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }

            // Without pings only an answer of another kind shows that there is anybody.
            var isThere = !options.SkipsPing || facts.Count > 0;
            Done(answer.Index, isThere ? new DiscoveredDevice(answer.Address, facts, identified.Credentials, identified.Trouble) : null, cursor, sink);
        }
        finally
        {
            slots.Release();
        }
    }

    private void Done(long index, DiscoveredDevice? device, DoneCursor cursor, IDiscoverySink sink)
    {
        lock (_lock)
        {
            if (device is not null)
            {
                sink.Found(device);
            }

            if (cursor.Note(index))
            {
                sink.Advanced(cursor.Next);
            }
        }
    }
}

/// <summary>A discovery cannot go on; the message says why and what to do.</summary>
public sealed class DiscoveryException(string message) : Exception(message);
