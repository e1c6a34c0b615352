using System.Globalization;
using System.Text;

namespace NocMonitor.Collector.Forward;

/// <summary>
/// The file of lines that a remote refused as bad, each stretch after a comment with time and reason, so that the file itself is line protocol. A full
/// file becomes <c>NAME.1</c> and a new one begins. Owned by one forwarder.
/// </summary>
internal sealed class RejectedLines(string path, long maxBytes, TimeProvider time)
{
    public string Path => path;

    /// <param name="lines">Whole lines.</param>
    /// <param name="reason">Why, on one line.</param>
    /// <exception cref="IOException">They could not be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">They could not be kept.</exception>
    public void Add(ReadOnlySpan<byte> lines, string reason)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"# {time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {reason}\n"));
        var kept = lines[..(int)Math.Min(lines.Length, Math.Max(maxBytes - head.Length, 0))];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        if (File.Exists(path) && new FileInfo(path).Length + head.Length + kept.Length > maxBytes)
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(head);
        file.Write(kept);
        if (kept.Length > 0 && kept[^1] != (byte)'\n')
        {
            file.WriteByte((byte)'\n');
        }
    }
}
