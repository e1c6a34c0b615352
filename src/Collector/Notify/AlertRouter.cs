using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Notify.Routing;

namespace NocMonitor.Collector.Notify;

/// <summary>The routes in force. A reload exchanges the table; a transition under way finishes with the one it took.</summary>
internal sealed class AlertRouter(RouteTable table) : IAlertRouter
{
    private volatile RouteTable _table = table;

    public void Replace(RouteTable table) => _table = table;

    public IReadOnlyList<string> Route(AlertLabels labels, Severity severity) => _table.Route(labels, severity);
}
