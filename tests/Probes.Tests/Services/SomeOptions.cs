using System.Text;
using NocMonitor.Configuration;
using NocMonitor.Probes.Services;

namespace NocMonitor.Probes.Tests.Services;

internal static class SomeOptions
{
    /// <summary>Options as an empty configuration gives them, but for the expected state.</summary>
    public static ServiceOptions With(ExpectedState expect)
    {
        var errors = new List<ConfigError>();
        return ServiceOptions.Read(new OptionReader(JsonConfigParser.Parse("test.json", Encoding.UTF8.GetBytes("{}"), errors), errors)) with { Expect = expect };
    }
}
