using System.Globalization;
using System.Text;
using NocMonitor.Bench.Processes;

namespace NocMonitor.Bench.Queries;

/// <summary>The tables of a scenario.</summary>
internal static class QueryTable
{
    public static string Text(QueryScenario scenario, List<QueriedServer> servers, List<AskedTimes[]> warm, double[][] first)
    {
        var text = new StringBuilder($"\n## {scenario.Title}\n\n| query | rows | {string.Join(" | ", servers.Select(server => $"{server.Name} | first"))} |\n");
        text.Append("|---|---:|").Append(string.Concat(servers.Select(_ => "---:|---:|"))).Append('\n');
        for (var row = 0; row < warm.Count; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {scenario.Questions[row].Name} | {warm[row][0].Rows} |");
            for (var i = 0; i < servers.Count; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $" {warm[row][i].Text} | {first[row][i]:F0} |");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    public static string Memory(List<QueriedServer> servers, ProcessFigures[] loaded, ProcessFigures[] asked, ProcessFigures[] restarted)
    {
        var text = new StringBuilder("\n| resident MiB / of those its own, not pages of files | loaded | after the queries | peak | after a restart and a query |\n|---|---:|---:|---:|---:|\n");
        for (var i = 0; i < servers.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {servers[i].Name} | {Text(loaded[i])} | {Text(asked[i])} | {asked[i].PeakMiB:F0} | {Text(restarted[i])} |\n");
        }

        return text.ToString();
    }

    private static string Text(ProcessFigures figures) => string.Create(CultureInfo.InvariantCulture, $"{figures.ResidentMiB:F0} / {figures.OwnMiB:F0}");
}
