using System.Buffers;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>One cell and the place it begins at.</summary>
internal readonly record struct CsvCell(string Text, int Line, int Column)
{
    private static readonly SearchValues<char> MustBeQuoted = SearchValues.Create("\",;\t\r\n");

    /// <summary>
    /// The cell as it is written (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe in front, as does what begins with apostrophes before such a character, so that reading takes
    /// off exactly what writing put on.
    /// </summary>
    public static string Write(string text)
    {
        text = LooksLikeFormula(text) ? $"'{text}" : text;
        return text.AsSpan().ContainsAny(MustBeQuoted) || text.AsSpan().Trim().Length != text.Length
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    /// <summary>What stood there before a spreadsheet was kept from computing it.</summary>
    public static string Read(string text) => text.StartsWith('\'') && LooksLikeFormula(text) ? text[1..] : text;

    private static bool LooksLikeFormula(string text) => text.AsSpan().TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}

/// <summary>One row, or what is wrong with it.</summary>
internal sealed record CsvRow(int Line, IReadOnlyList<CsvCell> Cells, FileFault? Fault);
