using NUnit.Framework;

namespace NocMonitor.Testing;

/// <summary>What a test needs from its machine. Missing: the test is ignored with the reason, and fails where <c>CI=true</c>.</summary>
public static class Prerequisite
{
    /// <summary>The full path of a program from a Debian package, looked up in PATH and the system folders.</summary>
    public static string Program(string name, string debianPackage)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/sbin", "/usr/lib/nagios/plugins"]);
        var found = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (found is null)
        {
            Missing($"{name} is not installed; apt-get install {debianPackage}");
        }

        return found!;
    }

    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
    }
}
