using NocMonitor.Configuration;

namespace NocMonitor.Collector.Hosting;

/// <summary>The configuration is wrong; the message has every error, one a line.</summary>
internal sealed class ConfigurationException(IReadOnlyCollection<ConfigError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyCollection<ConfigError> Errors { get; } = errors;
}
