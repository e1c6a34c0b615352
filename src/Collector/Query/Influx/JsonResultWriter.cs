using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>
/// The answer as InfluxDB's JSON: one document, or, in chunks, one document a line. Numbers of a row are written as they are read; NaN and infinities, which JSON has not, as null.
/// </summary>
internal sealed class JsonResultWriter(PipeWriter output, QueryRequest request) : IResultWriter
{
    private const int FlushBytes = 64 << 10;
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions
    {
        Indented = request.Pretty,
        IndentSize = 4,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    });

    private int _statement;
    private bool _documentOpen;
    private bool _resultOpen;
    private bool _seriesOpen;

    /// <summary>The last chunk of a series waits until it is known whether the statement goes on.</summary>
    private (ResultSeries Series, int First, int Count)? _held;

    public void Dispose() => _json.Dispose();

    public string ContentType => "application/json";

    public void Begin(int statement) => _statement = statement;

    public void Write(ResultSeries series)
    {
        if (request.ChunkSize == 0)
        {
            OpenResult();
            WriteSeries(series, 0, series.RowCount, partial: false);
            return;
        }

        for (var first = 0; first < series.RowCount; first += request.ChunkSize)
        {
            WriteHeld(isLast: false);
            _held = (series, first, Math.Min(request.ChunkSize, series.RowCount - first));
        }
    }

    public void End(string? error)
    {
        WriteHeld(isLast: true);
        CloseResult(error);
    }

    public void Complete()
    {
        if (request.ChunkSize == 0)
        {
            OpenDocument();
            CloseDocument();
        }
    }

    public async ValueTask FlushAsync(bool atOnce, CancellationToken token)
    {
        _json.Flush();
        if (atOnce || output.UnflushedBytes > FlushBytes)
        {
            await output.FlushAsync(token);
        }
    }

    private void WriteHeld(bool isLast)
    {
        if (_held is not { } held)
        {
            return;
        }

        _held = null;
        OpenResult();
        var partialSeries = held.First + held.Count < held.Series.RowCount;
        WriteSeries(held.Series, held.First, held.Count, partialSeries);
        _json.WriteEndArray();
        _seriesOpen = false;
        if (!isLast)
        {
            _json.WriteBoolean("partial", true);
            CloseResult(null);
        }
    }

    private void OpenDocument()
    {
        if (!_documentOpen)
        {
            _documentOpen = true;
            _json.WriteStartObject();
            _json.WriteStartArray("results");
        }
    }

    private void OpenResultWithoutSeries()
    {
        OpenDocument();
        if (!_resultOpen)
        {
            _resultOpen = true;
            _json.WriteStartObject();
            _json.WriteNumber("statement_id", _statement);
        }
    }

    private void OpenResult()
    {
        OpenResultWithoutSeries();
        if (!_seriesOpen)
        {
            _seriesOpen = true;
            _json.WriteStartArray("series");
        }
    }

    private void CloseResult(string? error)
    {
        OpenResultWithoutSeries();
        if (_seriesOpen)
        {
            _json.WriteEndArray();
            _seriesOpen = false;
        }

        if (error is not null)
        {
            _json.WriteString("error", error);
        }

        _json.WriteEndObject();
        _resultOpen = false;
        if (request.ChunkSize > 0)
        {
            CloseDocument();
        }
    }

    private void CloseDocument()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        output.Write(NewLine);
        _json.Reset();
        _documentOpen = false;
    }

    private void WriteSeries(ResultSeries series, int first, int count, bool partial)
    {
        _json.WriteStartObject();
        if (series.Name.Length > 0)
        {
            _json.WriteString("name", series.Name);
        }

        if (series.Tags.Count > 0)
        {
            _json.WriteStartObject("tags");
            foreach (var (tag, value) in series.Tags)
            {
                _json.WriteString(tag, value);
            }

            _json.WriteEndObject();
        }

        _json.WriteStartArray("columns");
        foreach (var column in series.Columns)
        {
            _json.WriteStringValue(column);
        }

        _json.WriteEndArray();
        _json.WriteStartArray("values");
        for (var row = first; row < first + count; row++)
        {
            WriteRow(series, row);
        }

        _json.WriteEndArray();
        if (partial)
        {
            _json.WriteBoolean("partial", true);
        }

        _json.WriteEndObject();
    }

    private void WriteRow(ResultSeries series, int row)
    {
        _json.WriteStartArray();
        foreach (var column in series.Values)
        {
            JsonValues.Write(_json, column[row], request.EpochUnit, series.Zone);
        }

        _json.WriteEndArray();
    }
}
