using NUnit.Framework;

namespace NocMonitor.Testing;

/// <summary>The folder of test data from peers: <c>NOCMONITOR_CORPORA</c>, else <c>../shared/corpora</c> beside the project. It is never required.</summary>
public static class Corpora
{
    /// <summary>The path of one file of the corpora; ignores the calling test when it is absent.</summary>
    public static string Find(string relative)
    {
        var root = Environment.GetEnvironmentVariable("NOCMONITOR_CORPORA") ?? Path.Combine(Repository.Root, "..", "shared", "corpora");
        var path = Path.Combine(root, relative);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Ignore($"the corpora are absent: no {relative}");
        }

        return path;
    }
}
