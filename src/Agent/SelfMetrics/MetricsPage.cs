using System.Globalization;
using System.Text;

namespace NocMonitor.Agent.SelfMetrics;

/// <summary>Prometheus text exposition 0.0.4 of the agent's readings.</summary>
internal static class MetricsPage
{
    public static string Write(IEnumerable<AgentReading> readings)
    {
        var page = new StringBuilder();
        foreach (var reading in readings)
        {
            page.Append(CultureInfo.InvariantCulture, $"# HELP {reading.PrometheusName} {reading.Help}\n");
            page.Append(CultureInfo.InvariantCulture, $"# TYPE {reading.PrometheusName} {(reading.IsCounter ? "counter" : "gauge")}\n");
            page.Append(CultureInfo.InvariantCulture, $"{reading.PrometheusName} {reading.Value}\n");
        }

        page.Append("# HELP nocmonitor_agent_info The agent's version.\n# TYPE nocmonitor_agent_info gauge\n");
        return page.Append(CultureInfo.InvariantCulture, $"nocmonitor_agent_info{{version=\"{AgentVersion.Text}\"}} 1\n").ToString();
    }
}
