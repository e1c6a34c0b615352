using NUnit.Framework;

namespace NocMonitor.Testing;

/// <summary>A committed file that a test holds against what the code makes. <c>NOCMONITOR_UPDATE_GOLDEN=1</c> writes it anew.</summary>
public static class GoldenFile
{
    public static void Verify(string text, params string[] path)
    {
        var file = Repository.Locate(path);
        if (Environment.GetEnvironmentVariable("NOCMONITOR_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.That(File.Exists(file) ? File.ReadAllText(file) : "", Is.EqualTo(text),
            $"{string.Join('/', path)} is not what the code makes; NOCMONITOR_UPDATE_GOLDEN=1 writes it anew");
    }
}
