using System.Security.Cryptography;

namespace NocMonitor.Fuzz;

/// <summary>A folder of inputs: seeds written by hand, and every input that once crashed its target.</summary>
public sealed class FuzzCorpus(string folder)
{
    /// <summary>Files in the order of their names, so that a run with the same seed is the same run.</summary>
    public IReadOnlyList<string> Files { get; } =
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)] : [];

    public IReadOnlyList<byte[]> Load() => [.. Files.Select(File.ReadAllBytes)];

    /// <summary>Keeps a crashing input. Gives its path.</summary>
    public string Keep(ReadOnlySpan<byte> input)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"crash-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(path, input);
        return path;
    }
}
