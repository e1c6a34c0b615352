using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Files;

/// <summary>
/// A full path whose last parts may hold wildcards; <c>**</c> as a whole part stands for any number of folders. The walk down the tree carries a
/// set of states, one bit for each part that may come next, so that each folder is entered at most once and only when a match can lie below it.
/// </summary>
internal sealed class PathPattern
{
    private const int MostParts = 62;

    private readonly NamePattern?[] _parts;

    private PathPattern(string text, string folder, NamePattern?[] parts)
    {
        Text = text;
        Folder = folder;
        _parts = parts;
    }

    /// <summary>The path as configured.</summary>
    public string Text { get; }

    /// <summary>The part before the first wildcard: where the walk starts. The whole path when there is none.</summary>
    public string Folder { get; }

    public bool IsLiteral => _parts.Length == 0;

    /// <summary>What stands after <see cref="Folder"/>, with forward slashes.</summary>
    public string Tail => string.Join('/', _parts.Select(part => part?.Text ?? "**"));

    /// <summary>The states before the first part below <see cref="Folder"/>.</summary>
    public ulong Start => Close(1);

    /// <param name="recursive">The last part is looked for in every folder below, as if <c>**</c> stood before it.</param>
    /// <returns>Null with a reason in words when the text is no full path.</returns>
    public static PathPattern? Parse(string text, bool recursive, out string reason)
    {
        reason = "";
        if (!Path.IsPathFullyQualified(text) || text.Contains('\0', StringComparison.Ordinal))
        {
            reason = $"'{text}' is not a full path";
            return null;
        }

        var root = Path.GetPathRoot(text)!;
        List<string> parts = [.. text[root.Length..].Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Where(part => part.Length > 0)];
        if (recursive && parts.Count > 0)
        {
            parts.Insert(parts.Count - 1, "**");
        }

        var wild = parts.FindIndex(part => NamePattern.HasWildcards(part));
        var plain = wild < 0 ? parts.Count : wild;
        if (parts.Count - plain > MostParts)
        {
            reason = $"'{text}' has more than {MostParts} parts after the first wildcard";
            return null;
        }

        var folder = Path.Combine([root, .. parts.Take(plain)]);
        return new PathPattern(text, folder, [.. parts.Skip(plain).Select(part => part == "**" ? null : new NamePattern(part, OperatingSystem.IsWindows()))]);
    }

    /// <summary>The states after one more part of the way; 0 when nothing below can match.</summary>
    public ulong Advance(ulong states, ReadOnlySpan<char> name)
    {
        var next = 0UL;
        for (var i = 0; i < _parts.Length; i++)
        {
            var bit = 1UL << i;
            if ((states & bit) == 0)
            {
                continue;
            }

            if (_parts[i] is not { } part)
            {
                next |= bit;
            }
            else if (part.Matches(name))
            {
                next |= bit << 1;
            }
        }

        return Close(next);
    }

    /// <summary>True when the way taken so far is a whole match.</summary>
    public bool Accepts(ulong states) => (states & (1UL << _parts.Length)) != 0;

    /// <summary>True when a longer way may match.</summary>
    public bool LeadsOn(ulong states) => (states & ((1UL << _parts.Length) - 1)) != 0;

    /// <summary>A <c>**</c> also stands for no folder at all.</summary>
    private ulong Close(ulong states)
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            if (_parts[i] is null && (states & (1UL << i)) != 0)
            {
                states |= 1UL << (i + 1);
            }
        }

        return states;
    }
}
