using System.Globalization;
using System.Text;
using NocMonitor.TimeSeries.InfluxQl;
using ValueType = NocMonitor.TimeSeries.InfluxQl.ValueType;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>The answer as InfluxDB's CSV: a header whenever the columns change, an empty line before it, times as numbers.</summary>
internal sealed class CsvResultWriter(Stream output, QueryRequest request) : IResultWriter
{
    public const string MediaType = "text/csv";

    private const int FlushCharacters = 32 << 10;

    private readonly StringBuilder _text = new();
    private readonly long _unit = Math.Max(1, request.EpochUnit);
    private IReadOnlyList<string>? _columns;
    private bool _any;

    public string ContentType => MediaType;

    /// <summary>An answer that is nothing but an error.</summary>
    public static string Error(string message) => $"error\n{Quoted(message)}\n";

    public void Begin(int statement) => _columns = null;

    public async ValueTask WriteAsync(ResultSeries series, CancellationToken token)
    {
        if (_columns is null || !_columns.SequenceEqual(series.Columns, StringComparer.Ordinal))
        {
            Header(["name", "tags", .. series.Columns]);
            _columns = series.Columns;
        }

        var tags = string.Join(',', series.Tags.Where(tag => tag.Value.Length > 0).Select(tag => $"{Escaped(tag.Key)}={Escaped(tag.Value)}"));
        for (var row = 0; row < series.RowCount; row++)
        {
            Cell(series.Name, first: true);
            Cell(tags);
            foreach (var column in series.Values)
            {
                Cell(TextOf(column[row]));
            }

            _text.Append('\n');
            if (WantsFlush)
            {
                await FlushAsync(token);
            }
        }
    }

    public ValueTask EndAsync(string? error, CancellationToken token)
    {
        if (error is not null)
        {
            Header(["error"]);
            Cell(error, first: true);
            _text.Append('\n');
        }

        return ValueTask.CompletedTask;
    }

    public void Complete()
    {
        // The text ends with its last line.
    }

    public void Dispose() => _text.Clear();

    public bool WantsFlush => _text.Length > FlushCharacters;

    public async ValueTask FlushAsync(CancellationToken token)
    {
        if (_text.Length > 0)
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes(_text.ToString()), token);
            _text.Clear();
        }
    }

    private void Header(IReadOnlyList<string> columns)
    {
        _text.Append(_any ? "\n" : "");
        _any = true;
        for (var i = 0; i < columns.Count; i++)
        {
            Cell(columns[i], i == 0);
        }

        _text.Append('\n');
    }

    private void Cell(string text, bool first = false) => _text.Append(first ? "" : ",").Append(Quoted(text));

    /// <summary>As RFC 4180 has it; a space in front is quoted too, since readers trim it otherwise.</summary>
    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 && !text.StartsWith(' ') ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Tags share one cell, in line protocol's form, where comma, equals sign and space are escaped.</summary>
    private static string Escaped(string text) => text.AsSpan().IndexOfAny(", =") < 0
        ? text
        : text.Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);

    private string TextOf(in Value value) => value.Type switch
    {
        ValueType.Float => value.Float.ToString("R", CultureInfo.InvariantCulture),
        ValueType.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        ValueType.Unsigned => value.Unsigned.ToString(CultureInfo.InvariantCulture),
        ValueType.Boolean => value.Boolean ? "true" : "false",
        ValueType.Text => value.Text,
        ValueType.Time => (value.Integer / _unit).ToString(CultureInfo.InvariantCulture),
        _ => "",
    };
}
