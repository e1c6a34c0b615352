using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Tests.Host;

internal static class PointFields
{
    /// <summary>A field that must be there, as a number.</summary>
    public static double Number(this Point point, string field) =>
        point.FindField(field)?.AsDouble() ?? throw new AssertionException($"{point} has no {field}");
}
