using System.Text;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>Whom notifications are taken from: communities, and users of version 3. Immutable.</summary>
internal sealed class TrapUsers
{
    private readonly byte[][] _communities;
    private readonly Dictionary<string, SnmpCredentials[]> _users;

    public TrapUsers(IReadOnlyList<SnmpCredentials> credentials)
    {
        _communities = [.. credentials.Where(entry => entry.Community is not null).Select(entry => Encoding.UTF8.GetBytes(entry.Community!.Reveal()))];
        _users = credentials.Where(entry => entry.Version == SnmpVersion.V3)
            .GroupBy(entry => entry.UserName, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Any community will do when none is configured: it travels in clear text and proves little.</summary>
    public bool AllowsCommunity(ReadOnlySpan<byte> community)
    {
        foreach (var allowed in _communities)
        {
            if (community.SequenceEqual(allowed))
            {
                return true;
            }
        }

        return _communities.Length == 0;
    }

    /// <summary>The credentials of a user name; several where devices have the same name with different passwords.</summary>
    public ReadOnlySpan<SnmpCredentials> Find(ReadOnlySpan<byte> userName)
    {
        Span<char> text = stackalloc char[64];
        return Encoding.UTF8.TryGetChars(userName, text, out var length)
            && _users.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var found) ? found : [];
    }
}
