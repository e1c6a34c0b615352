using System.Text;
using NocMonitor.Probes.Host;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Host;

/// <summary>A made-up machine: a folder that stands for its root.</summary>
internal sealed class HostFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HostRoot Root => new(_folder.Path);

    public HostFiles Write(string path, string text)
    {
        var file = _folder.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(text));
        return this;
    }

    /// <summary>Lays a recorded tree over the machine; files that are open stay the same file, as those of /proc do.</summary>
    public HostFiles Lay(string tree)
    {
        foreach (var source in Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories))
        {
            var file = _folder.File(Path.GetRelativePath(tree, source));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, File.ReadAllBytes(source));
        }

        return this;
    }

    public void Dispose() => _folder.Dispose();
}
