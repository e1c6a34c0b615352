namespace NocMonitor.Fuzz;

/// <summary>The one list of targets. A parser joins with a line here and a folder of seeds in <c>corpus</c>.</summary>
public static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("lineprotocol", LineProtocolTarget.Run, ",", "=", " ", "\\", "\"", "\n", "\r\n", "#", "i", "u", "t", "1e308", "-", ".5", "9223372036854775808", "ä", "\t"),
    ];

    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
