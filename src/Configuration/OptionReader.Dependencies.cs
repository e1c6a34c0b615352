namespace NocMonitor.Configuration;

/// <summary>What a section hangs on beside its own text: files that count as part of it, and what the sections around it provide.</summary>
public sealed partial class OptionReader
{
    private readonly List<string> _files = [];
    private readonly List<string> _marks = [];
    private readonly Dictionary<Type, object> _provided = [];
    private OptionReader? _parent;

    /// <summary>Files and folders that count as part of this section and of those in it: a change in one is a change of the configuration.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>What the section says beyond its own text, such as what it takes from elsewhere: part of its identity.</summary>
    public IReadOnlyList<string> Marks => _marks;

    /// <summary>Notes a file as part of the section, there or not.</summary>
    public void DependOnFile(string path)
    {
        if (!Describing)
        {
            _files.Add(path);
        }
    }

    /// <summary>Notes a folder and the files that are below it now; one that is added changes the folder.</summary>
    public void DependOnFolder(string path)
    {
        const int mostFiles = 10_000;
        if (Describing || !Directory.Exists(path))
        {
            return;
        }

        _files.Add(path);
        var below = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 16 };
        _files.AddRange(Directory.EnumerateFileSystemEntries(path, "*", below).Take(mostFiles).Order(StringComparer.Ordinal));
    }

    /// <summary>Notes something that the section takes from elsewhere.</summary>
    public void DependOn(string mark) => _marks.Add(mark);

    /// <summary>Gives something to all sections that are read inside this one from now on.</summary>
    public void Provide<T>(T value)
        where T : class =>
        _provided[typeof(T)] = value;

    /// <summary>What a section around this one, or this one, provides; null when none does.</summary>
    public T? Provided<T>()
        where T : class =>
        _provided.TryGetValue(typeof(T), out var value) ? (T)value : _parent?.Provided<T>();

    private void TakeOver(OptionReader inner)
    {
        _files.AddRange(inner._files);
        _marks.AddRange(inner._marks);
    }
}
