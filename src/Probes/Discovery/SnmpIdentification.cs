using System.Net;
using System.Net.Sockets;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Discovery;

/// <summary>What a device said of itself by SNMP.</summary>
internal sealed record SnmpIdentity(IReadOnlyDictionary<string, string> Facts, string Credentials, string Trouble)
{
    public static SnmpIdentity Nothing { get; } = new(new Dictionary<string, string>(), "", "");
}

/// <summary>
/// Asks a device who it is: the system group, its profile's metadata, its chassis from ENTITY-MIB where the profile says nothing, LLDP's chassis id, its addresses and interfaces. Credentials are tried in
/// their order until one is answered. Safe for concurrent use.
/// </summary>
internal sealed class SnmpIdentification(DiscoveryOptions options, ProbeContext context)
{
    private static readonly SnmpRequestOptions Asking = new() { Timeout = TimeSpan.FromMilliseconds(800), Retries = 1 };
    private static readonly WalkLimits Bounds = WalkLimits.Usual with { Rows = 5_000, Varbinds = 50_000, Time = TimeSpan.FromSeconds(15) };

    private readonly Lazy<ProfileFacts> _profiles = new(() => new ProfileFacts(options, context));

    public async Task<SnmpIdentity> AskAsync(IPAddress address, CancellationToken token)
    {
        var trouble = "";
        foreach (var credentials in options.Credentials)
        {
            if (Open(address, credentials, ref trouble) is not { } device)
            {
                break;
            }

            using (device)
            {
                var answer = await device.GetAsync(SystemObjects.Names, token);
                if (answer.IsAnswered)
                {
                    return await IdentifyAsync(device, SystemObjects.Of(answer.Values), credentials.Name, token);
                }

                // Silence is what a device without SNMP does; a refusal is worth telling.
                trouble = answer.Outcome == SnmpOutcome.TimedOut ? trouble : $"{credentials.Name}: {answer.Error}";
            }
        }

        return SnmpIdentity.Nothing with { Trouble = trouble };
    }

    private SnmpDevice? Open(IPAddress address, SnmpCredentials credentials, ref string trouble)
    {
        try
        {
            return SnmpEngine.Of(context).Open(new SnmpTarget(address.ToString(), new IPEndPoint(address, options.SnmpPort), credentials, Asking));
        }
        catch (SocketException exception)
        {
            trouble = $"this machine opens no socket for {address.AddressFamily}: {exception.Message}";
            return null;
        }
    }

    private async Task<SnmpIdentity> IdentifyAsync(SnmpDevice device, SystemObjects system, string credentials, CancellationToken token)
    {
        var facts = new Dictionary<string, string>(system.Facts, StringComparer.Ordinal);
        var profile = await _profiles.Value.AskAsync(device, system, token);
        foreach (var (name, text) in profile.Where(fact => fact.Value.Length > 0))
        {
            facts[name] = text;
        }

        var table = new DeviceTables(Bounds);
        var trouble = await table.AskAsync(device, token);
        foreach (var (name, text) in table.Facts.Where(fact => fact.Value.Length > 0))
        {
            facts.TryAdd(name, text);
        }

        return new SnmpIdentity(facts, credentials, trouble);
    }
}
