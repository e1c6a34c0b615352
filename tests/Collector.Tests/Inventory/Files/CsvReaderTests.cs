using NocMonitor.Collector.Inventory.Files;

namespace NocMonitor.Collector.Tests.Inventory.Files;

public class CsvReaderTests
{
    [TestCase("a,b\r\nc,d\r\n", "a|b / c|d")]
    [TestCase("a,b\nc,d", "a|b / c|d")]
    [TestCase("a,b\rc,d", "a|b / c|d")]
    [TestCase("a;b\n\"c;d\";e,f\n", "a|b / c;d|e,f")]
    [TestCase("a\tb\nc\t\n", "a|b / c|")]
    [TestCase("a,\"b \"\"quoted\"\"\"\n\"line one\r\nline two\",\n", "a|b \"quoted\" / line one\r\nline two|")]
    [TestCase("\n\na,b\n\n", "a|b")]
    [TestCase("a,5\" disk, x \n", "a|5\" disk|x")]
    [TestCase("", "")]
    [TestCase(",\n", "|")]
    public void Cells_are_read_as_RFC_4180_and_spreadsheets_write_them(string text, string expected)
    {
        Assert.That(string.Join(" / ", Rows(text).Select(row => string.Join('|', row.Cells.Select(cell => cell.Text)))), Is.EqualTo(expected));
    }

    [TestCase("a,b\nc,\"d\nx,y\n", "2:3 the quote that opens here is never closed", "a b / ! / x y")]
    [TestCase("a,b\n\"c\"d,e\nx,y\n", "2:4 after the closing quote comes 'd'", "a b / ! / x y")]
    [TestCase("a,b\n\"c\n\"d,e\nx,y\n", "3:2 after the closing quote comes 'd'", "a b / ! / ! / x y")]
    public void A_broken_row_is_named_by_line_and_column_and_costs_that_row(string text, string fault, string rows)
    {
        var read = Rows(text);

        var first = read.First(row => row.Fault is not null).Fault!;
        Assert.That($"{first.Line}:{first.Column} {first.Message}", Does.StartWith(fault));
        Assert.That(string.Join(" / ", read.Select(row => row.Fault is null ? string.Join(' ', row.Cells.Select(cell => cell.Text)) : "!")), Is.EqualTo(rows));
    }

    [Test]
    public void Places_count_lines_within_quotes()
    {
        var rows = Rows("a,b\r\n\"1\r\n2\",c\r\nd,e\r\n");

        Assert.That(rows.SelectMany(row => row.Cells).Select(cell => (cell.Line, cell.Column)), Is.EqualTo(new[] { (1, 1), (1, 3), (2, 1), (3, 4), (4, 1), (4, 3) }));
    }

    [TestCase("plain", "plain")]
    [TestCase("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [TestCase("-1", "'-1")]
    [TestCase("+49 30", "'+49 30")]
    [TestCase("@cmd", "'@cmd")]
    [TestCase("'=x", "''=x")]
    [TestCase("'quoted'", "'quoted'")]
    [TestCase("a;b", "\"a;b\"")]
    [TestCase(" x", "\" x\"")]
    public void A_cell_is_no_formula_to_a_spreadsheet_and_reads_back_as_it_was(string text, string written)
    {
        Assert.That(CsvCell.Write(text), Is.EqualTo(written));
        Assert.That(Rows($"x,{CsvCell.Write(text)}\n")[0].Cells[1].Text, Is.EqualTo(text));
    }

    [Test]
    public void Every_prefix_of_a_file_is_read_to_its_end_without_a_hang()
    {
        const string text = "name,note\r\nsw1,\"a \"\"b\"\"\r\nc\"\r\nsw2,'=x\r\n\"sw3\"x\r\n";

        for (var length = 0; length <= text.Length; length++)
        {
            Assert.That(Rows(text[..length]), Has.Count.LessThanOrEqualTo(7));
        }
    }

    private static List<CsvRow> Rows(string text)
    {
        var reader = new CsvReader(text);
        var rows = new List<CsvRow>();
        while (reader.Read() is { } row)
        {
            rows.Add(row);
        }

        return rows;
    }
}
