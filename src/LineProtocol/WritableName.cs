using System.Buffers;

namespace NocMonitor.LineProtocol;

/// <summary>
/// Measurements, keys and tag values have no way to write a control character or a backslash at the end (it would escape the separator). A
/// control character becomes a space and backslashes at the end go, so <c>C:\</c> is written <c>C:</c>; what is empty then is left out.
/// </summary>
internal static class WritableName
{
    private static readonly SearchValues<char> NotPrintable =
        SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Select(code => (char)code)]);

    /// <summary>The name itself when it can be written as it is.</summary>
    public static string Of(string name)
    {
        if (!name.EndsWith('\\') && !name.AsSpan().ContainsAny(NotPrintable))
        {
            return name;
        }

        return string.Create(name.Length, name, static (output, from) => from.AsSpan().ReplaceAny(output, NotPrintable, ' ')).TrimEnd('\\');
    }
}
