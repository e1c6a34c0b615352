namespace NocMonitor.Bench;

/// <summary>The result file of one benchmark, <c>bench/results/NAME.md</c>, written anew by each run.</summary>
internal sealed class BenchResults(string name)
{
    public async Task WriteAsync(string title, string markdown)
    {
        var folder = Path.Combine(FindRoot(), "bench", "results");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.md"), $"# {name}: {title}\n\n{markdown.ReplaceLineEndings("\n")}\n");
        Console.WriteLine(markdown);
    }

    public static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NocMonitor.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the benchmarks must run from within the source tree");
    }
}
