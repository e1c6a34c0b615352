using System.Security.Cryptography;
using System.Text;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp;

/// <summary>Credentials by name that the agent's configuration provides to all its probes. Immutable.</summary>
public sealed class SnmpCredentialSet(IReadOnlyDictionary<string, SnmpCredentials> byName)
{
    public IReadOnlyDictionary<string, SnmpCredentials> ByName => byName;

    /// <summary>Reads the credentials of the agent's section and provides them to the sections in it.</summary>
    public static SnmpCredentialSet Read(OptionReader options)
    {
        var set = new SnmpCredentialSet(options.SectionMap("SnmpCredentials", SnmpCredentials.Read, "SNMP credentials by name, for every probe and for discovery."));
        options.Provide(set);
        return set;
    }

    /// <summary>Equal for two credentials that say the same with the same secrets; gives nothing of them away.</summary>
    internal static string MarkOf(SnmpCredentials credentials)
    {
        var text = string.Join('\n', credentials.Name, credentials.Version, credentials.UserName, credentials.Auth, credentials.Priv, credentials.Context,
            credentials.Community?.Reveal(), credentials.AuthPassword?.Reveal(), credentials.PrivPassword?.Reveal());
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
