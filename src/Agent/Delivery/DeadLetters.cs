using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace NocMonitor.Agent.Delivery;

/// <summary>
/// The file of lines that a collector refused, each after a comment with time and reason, so that the file itself is line protocol. When it is
/// full it becomes <c>deadletter.lp.1</c> and a new one begins. Used by the uplink alone.
/// </summary>
internal sealed class DeadLetters(string folder, TimeProvider time, AgentCounters counters, ILogger log)
{
    private bool _refused;

    public string Path => System.IO.Path.Combine(folder, "deadletter.lp");

    /// <param name="lines">Whole lines.</param>
    /// <param name="count">How many.</param>
    /// <param name="reason">Why, on one line.</param>
    /// <param name="maxBytes">Bound of the file.</param>
    public void Add(ReadOnlySpan<byte> lines, int count, string reason, long maxBytes)
    {
        counters.Refused(count);
        DeliveryLog.Refused(log, count, reason, Path);
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"# {time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {reason}\n"));
        var kept = lines[..(int)Math.Min(lines.Length, Math.Max(maxBytes - head.Length, 0))];
        try
        {
            if (File.Exists(Path) && new FileInfo(Path).Length + head.Length + kept.Length > maxBytes)
            {
                File.Move(Path, Path + ".1", overwrite: true);
            }

            using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(head);
            file.Write(kept);
            if (kept.Length > 0 && kept[^1] != (byte)'\n')
            {
                file.WriteByte((byte)'\n');
            }

            _refused = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            counters.SpoolFailed();
            if (!_refused)
            {
                _refused = true;
                DeliveryLog.DeadLetterLost(log, Path, exception.Message);
            }
        }
    }
}
