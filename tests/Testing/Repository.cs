namespace NocMonitor.Testing;

/// <summary>The source tree the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution file.</summary>
    public static string Root { get; } = FindRoot();

    public static string Locate(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NocMonitor.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the tests must run from within the source tree");
    }
}
