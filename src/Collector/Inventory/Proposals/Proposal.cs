using System.Security.Cryptography;
using System.Text;
using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Proposals;

internal enum ProposalKind
{
    /// <summary>Something answers, or sends points, that the inventory does not have.</summary>
    New,

    /// <summary>A device of the inventory says something else than what was accepted.</summary>
    Changed,

    /// <summary>A device of the inventory does not answer at its address any more, or sends nothing for a long time.</summary>
    Gone,

    /// <summary>The links say that another device is on the way to it.</summary>
    Parent,
}

/// <summary>A change of the inventory that nobody has decided on. One device has at most one of a kind; its kind and the device's name are its identity.</summary>
/// <param name="Source"><c>discovery</c>, <c>points</c> or <c>links</c>.</param>
internal sealed record Proposal(ProposalKind Kind, string Name, string Source, DateTimeOffset At, IReadOnlyList<FieldDifference> Changes)
{
    /// <summary>Tells this proposal from another of the same kind and device, so that what was rejected stays away until there is something else to say.</summary>
    public string Digest
    {
        get
        {
            // A device nobody wants stays unwanted whatever its version becomes.
            var content = Kind == ProposalKind.New ? "" : string.Join('\n', Changes.Select(change => $"{change.Field}={change.After}"));
            content += Kind == ProposalKind.Gone ? At.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind}\n{content}")).AsSpan(0, 8));
        }
    }
}
