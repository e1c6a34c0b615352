using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// Users at the engines of trap senders, with the senders' clocks. Only who proved to know a password is kept, so that invented engine ids take no room;
/// bounded nevertheless. One thread at a time.
/// </summary>
internal sealed class SenderSessions(UsmKeyCache keys, TimeProvider time) : IDisposable
{
    private const int MostSenders = 10_000;

    private readonly Dictionary<string, Sender> _senders = new(StringComparer.Ordinal);

    /// <summary>Whether the message's digest is this user's at the engine that the message names.</summary>
    public bool Verify(in UsmMessage message, SnmpCredentials user, out Sender? sender)
    {
        Span<char> hex = stackalloc char[2 * UsmMessage.LongestEngineId];
        Convert.TryToHexString(message.EngineId, hex, out var length);
        if (_senders.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(hex[..length], out sender) && ReferenceEquals(sender.User, user))
        {
            return sender.Session.Verify(message.Whole, message.AuthParameters);
        }

        var session = new UsmSession(user, message.EngineId, keys);
        if (!session.Verify(message.Whole, message.AuthParameters))
        {
            session.Dispose();
            sender = null;
            return false;
        }

        // The clock is the engine's, whoever of its users sends.
        sender = new Sender(user, session, sender?.Clock ?? new EngineClock(time));
        Keep(hex[..length].ToString(), sender);
        return true;
    }

    public void Dispose() => Clear();

    private void Keep(string engineId, Sender sender)
    {
        if (_senders.Remove(engineId, out var before))
        {
            before.Session.Dispose();
        }
        else if (_senders.Count >= MostSenders)
        {
            Clear();
        }

        _senders.Add(engineId, sender);
    }

    private void Clear()
    {
        foreach (var sender in _senders.Values)
        {
            sender.Session.Dispose();
        }

        _senders.Clear();
    }

    /// <summary>The last user who sent from an engine.</summary>
    internal sealed record Sender(SnmpCredentials User, UsmSession Session, EngineClock Clock);
}
