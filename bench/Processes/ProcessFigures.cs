using System.Globalization;

namespace NocMonitor.Bench.Processes;

/// <summary>
/// What a process has used so far, from <c>/proc</c>: CPU in seconds (user and system, all threads), resident memory in MiB, and how much of that is its own: not pages of files,
/// which the system may take back at any time and read again.
/// </summary>
internal readonly record struct ProcessFigures(double CpuSeconds, double ResidentMiB, double OwnMiB, double PeakMiB)
{
    private const double TicksPerSecond = 100;

    public static ProcessFigures Read(int processId)
    {
        // The second field, the name, may hold spaces and brackets: count from its closing bracket.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        var status = File.ReadAllLines($"/proc/{processId}/status");
        return new ProcessFigures(ticks / TicksPerSecond, Kibibytes(status, "VmRSS:") / 1024,
            (Kibibytes(status, "RssAnon:") + Kibibytes(status, "RssShmem:")) / 1024, Kibibytes(status, "VmHWM:") / 1024);
    }

    private static double Kibibytes(string[] status, string key)
    {
        var line = status.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) ?? "";
        var digits = string.Concat(line.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? 0 : double.Parse(digits, CultureInfo.InvariantCulture);
    }
}
