using System.Text;
using NocMonitor.Agent.Settings;
using NocMonitor.Configuration;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Tests;

/// <summary>Agent options as a configuration would give them.</summary>
internal static class SomeOptions
{
    public static AgentOptions Default => Read("""{ "Name": "agent-1" }""");

    public static AgentOptions Read(string json, ICollection<ConfigError>? errors = null, Func<string, ProbeType?>? findType = null)
    {
        var found = errors ?? [];
        var reader = new OptionReader(JsonConfigParser.Parse("test.json", Encoding.UTF8.GetBytes(json), found), found);
        var options = AgentOptions.Read(reader, findType ?? (_ => null));
        reader.Complete();
        return options;
    }
}
