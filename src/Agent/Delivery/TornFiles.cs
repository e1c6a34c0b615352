using System.Globalization;

namespace NocMonitor.Agent.Delivery;

/// <summary>The folder where damaged ends of spool files are kept for a person to look at: few files, none of them large.</summary>
internal sealed class TornFiles(string folder)
{
    private const int MostFiles = 8;
    private const int LargestFile = 1 << 20;

    /// <summary>Keeps what a segment holds from an offset on; gives the file's path.</summary>
    public string Copy(SpoolSegment segment, long offset)
    {
        var path = NewPath(segment.Number, offset);
        var bytes = new byte[Math.Min(segment.Length - offset, LargestFile)];
        segment.TryRead(offset, bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Moves a whole file here; gives its new path.</summary>
    public string Take(string file)
    {
        var path = NewPath(SpoolSegment.TryParseName(file, out var number) ? number : 0, 0);
        File.Move(file, path, overwrite: true);
        return path;
    }

    private string NewPath(long number, long offset)
    {
        Directory.CreateDirectory(folder);
        var old = new DirectoryInfo(folder).GetFiles("*.torn").OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostFiles - 1);
        foreach (var file in old)
        {
            file.Delete();
        }

        return Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D10}-{offset}.torn"));
    }
}
