using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Configuration;

namespace NocMonitor.Probes.Tests;

/// <summary>Makes probes from their options' JSON the way the agent does: by the catalog's type.</summary>
internal static class ConfiguredProbe
{
    /// <param name="folder">The data folder; null for none.</param>
    public static ProbeContext Context(TimeProvider? time = null, string? folder = null) =>
        new(time ?? TimeProvider.System, "this-machine", NullLoggerFactory.Instance) { DataFolder = folder };

    /// <summary>The probe; a configuration error fails the test.</summary>
    public static IProbe Create(string type, string options, ProbeContext context)
    {
        var (errors, create) = Read(type, options);
        Assert.That(errors, Is.Empty);
        return create(context);
    }

    /// <summary>The errors of a configuration, as a person reads them.</summary>
    public static IReadOnlyList<string> Errors(string type, string options) => Read(type, options).Errors;

    /// <summary>One round of a new probe.</summary>
    public static async Task<RecordedPoints> RoundAsync(string type, string options, CancellationToken token)
    {
        await using var context = Context();
        var points = new RecordedPoints();
        await Create(type, options, context).ProbeAsync(points, token);
        return points;
    }

    private static (IReadOnlyList<string> Errors, Func<ProbeContext, IProbe> Create) Read(string type, string options)
    {
        var errors = new List<ConfigError>();
        var reader = new OptionReader(JsonConfigParser.Parse("test.json", Encoding.UTF8.GetBytes(options), errors), errors);
        var create = ProbeCatalog.Find(type)!.Read(reader);
        reader.Complete();
        return ([.. errors.Select(error => $"{error.Path}: {error.Message}")], create);
    }
}
