using System.Text;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>
/// Reads rows of comma-separated values (RFC 4180) with the place of each cell; semicolons and tabs, as spreadsheets write them in many countries, are known by the first line. A row that is broken costs that row:
/// reading goes on at the line after the one it began on, so that a quote left open does not swallow the rest. One owner.
/// </summary>
internal sealed class CsvReader(string text)
{
    private const int LongestCell = 32_000;
    private const int MostCells = 200;

    private readonly char _delimiter = FindDelimiter(text);
    private readonly StringBuilder _cell = new();
    private int _at;
    private int _line = 1;
    private int _lineStart;

    /// <summary>The next row that is not empty; null at the end.</summary>
    public CsvRow? Read()
    {
        while (_at < text.Length)
        {
            var (start, line) = (_at, _line);
            _lineStart = start;
            var cells = new List<CsvCell>();
            if (ReadCells(cells) is { } fault)
            {
                (_at, _line, _lineStart) = (start, line, start);
                SkipLine();
                return new CsvRow(line, [], fault);
            }

            if (cells is not [{ Text.Length: 0 }])
            {
                return new CsvRow(line, cells, null);
            }
        }

        return null;
    }

    private static char FindDelimiter(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var head = end < 0 ? text.AsSpan() : text.AsSpan(0, end);
        var (best, most) = (',', head.Count(','));
        foreach (var other in ";\t")
        {
            (best, most) = head.Count(other) > most ? (other, head.Count(other)) : (best, most);
        }

        return best;
    }

    private FileFault? ReadCells(List<CsvCell> cells)
    {
        while (true)
        {
            var (line, column) = (_line, Column);
            if (cells.Count == MostCells)
            {
                return new FileFault(line, column, "", $"a row has at most {MostCells} cells");
            }

            if (ReadCell(line, column) is { } fault)
            {
                return fault;
            }

            cells.Add(new CsvCell(CsvCell.Read(_cell.ToString()), line, column));
            if (_at < text.Length && text[_at] == _delimiter)
            {
                _at++;
                continue;
            }

            SkipLineEnd();
            return null;
        }
    }

    /// <summary>Reads a cell up to what ends it.</summary>
    private FileFault? ReadCell(int line, int column)
    {
        _cell.Clear();
        if (_at < text.Length && text[_at] == '"')
        {
            return ReadQuoted(line, column);
        }

        var length = text.AsSpan(_at).IndexOfAny(_delimiter, '\r', '\n');
        length = length < 0 ? text.Length - _at : length;
        _cell.Append(text.AsSpan(_at, length).Trim());
        _at += length;
        return TooLong(line, column);
    }

    private FileFault? ReadQuoted(int line, int column)
    {
        for (_at++; _at < text.Length;)
        {
            if (text[_at] != '"')
            {
                TakeLetter();
            }
            else if (_at + 1 < text.Length && text[_at + 1] == '"')
            {
                _cell.Append('"');
                _at += 2;
            }
            else
            {
                _at++;
                return _at == text.Length || text[_at] == _delimiter || text[_at] is '\r' or '\n'
                    ? TooLong(line, column)
                    : new FileFault(_line, Column, "", $"after the closing quote comes '{Shown(text[_at])}' and no end of the cell; a quote within quotes is written twice");
            }
        }

        return new FileFault(line, column, "", "the quote that opens here is never closed");
    }

    private void TakeLetter()
    {
        var start = _at;
        if (text[_at] is '\r' or '\n')
        {
            SkipLineEnd();
        }
        else
        {
            _at++;
        }

        _cell.Append(text.AsSpan(start, _at - start));
    }

    private FileFault? TooLong(int line, int column) =>
        _cell.Length > LongestCell ? new FileFault(line, column, "", $"a cell has at most {LongestCell} characters") : null;

    private void SkipLine()
    {
        var length = text.AsSpan(_at).IndexOfAny('\r', '\n');
        _at = length < 0 ? text.Length : _at + length;
        SkipLineEnd();
    }

    private void SkipLineEnd()
    {
        if (_at < text.Length)
        {
            _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
            _line++;
            _lineStart = _at;
        }
    }

    private int Column => _at - _lineStart + 1;

    private static char Shown(char letter) => char.IsControl(letter) ? '?' : letter;
}
