using System.Collections;
using System.Security.Cryptography;
using NocMonitor.Agent.Delivery;
using NocMonitor.Configuration;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Settings;

/// <summary>What the command line says about the configuration.</summary>
/// <param name="ConfigFile">The file over <c>appsettings.json</c>; null for none.</param>
/// <param name="DataFolder">In place of <c>Agent.Data</c>.</param>
/// <param name="Collector">In place of the addresses in <c>Agent.Collectors</c>; the first entry's other options stay.</param>
internal sealed record AgentConfigRequest(string? ConfigFile = null, string? DataFolder = null, Uri? Collector = null)
{
    /// <summary>The folder whose <c>appsettings.json</c> is the lowest layer.</summary>
    public string WorkingFolder { get; init; } = Environment.CurrentDirectory;

    public IDictionary Variables { get; init; } = Environment.GetEnvironmentVariables();

    public Func<string, ProbeType?> FindType { get; init; } = ProbeCatalog.Find;
}

/// <summary>A configuration as read, good when it has no errors.</summary>
/// <param name="Options">The options; defaults stand where there are errors.</param>
/// <param name="Errors">Everything that is wrong, in the order of the files.</param>
/// <param name="Files">The files of all layers, there or not: a change in one of them is a change of configuration.</param>
internal sealed record AgentConfig(AgentOptions Options, IReadOnlyList<ConfigError> Errors, IReadOnlyList<string> Files)
{
    /// <summary>What is allowed and unwise, in the order of the files; the configuration is good nevertheless.</summary>
    public IReadOnlyList<ConfigError> Warnings { get; init; } = [];

    private static readonly Uri DefaultCollector = new("http://127.0.0.1:8490");

    /// <summary>Reads all layers and checks everything that can be checked without running a probe.</summary>
    public static AgentConfig Load(AgentConfigRequest request)
    {
        var errors = new List<ConfigError>();
        var warnings = new List<ConfigError>();
        var layers = new ConfigLayers(request.ConfigFile) { WorkingFolder = request.WorkingFolder, Variables = request.Variables };
        if (request.ConfigFile is null && !layers.Files.Any(File.Exists))
        {
            errors.Add(new ConfigError(new ConfigPlace(request.WorkingFolder, 0, 0), "", "there is no appsettings.json here; name a file with --config"));
        }

        var reader = new OptionReader(layers.ReadSection("Agent", errors), errors, warnings);
        var options = Override(AgentOptions.Read(reader, request.FindType), request);
        reader.Complete();
        CheckCertificates(options, errors);
        return new AgentConfig(options, InOrder(errors), layers.Files) { Warnings = InOrder(warnings) };
    }

    private static IReadOnlyList<ConfigError> InOrder(List<ConfigError> notes) =>
        [.. notes.OrderBy(note => note.Place.Source, StringComparer.Ordinal).ThenBy(note => note.Place.Line).ThenBy(note => note.Place.Column)];

    private static AgentOptions Override(AgentOptions options, AgentConfigRequest request)
    {
        var collectors = options.Collectors.Count > 0 ? options.Collectors : [CollectorOptions.At(DefaultCollector)];
        return options with
        {
            Data = request.DataFolder is { } data ? Path.GetFullPath(data, request.WorkingFolder) : options.Data,
            Collectors = request.Collector is { } url ? [collectors[0] with { Url = url }] : collectors,
        };
    }

    private static void CheckCertificates(AgentOptions options, List<ConfigError> errors)
    {
        foreach (var collector in options.Collectors.Where(collector => collector.Files.Count > 0))
        {
            try
            {
                CollectorHandler.Create(collector).Dispose();
            }
            catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
            {
                errors.Add(new ConfigError(collector.Place, "Agent.Collectors", $"a certificate or key cannot be used: {exception.Message}"));
            }
        }
    }
}
