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
    private const int RowsAtOnce = 256;
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions
    {
        Indented = request.Pretty,
        IndentSize = 4,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    });

    private readonly JsonRows _rows = new();
    private int _statement;
    private bool _documentOpen;
    private bool _resultOpen;
    private bool _seriesOpen;

    /// <summary>The last chunk of a series waits until it is known whether the statement goes on.</summary>
    private (ResultSeries Series, int First, int Count)? _held;

    public void Dispose()
    {
        _rows.Dispose();
        _json.Dispose();
    }

    public string ContentType => "application/json";

    public void Begin(int statement) => _statement = statement;

    public async ValueTask WriteAsync(ResultSeries series, CancellationToken token)
    {
        if (request.ChunkSize == 0)
        {
            OpenResult();
            await WriteSeriesAsync(series, 0, series.RowCount, partial: false, token);
            return;
        }

        for (var first = 0; first < series.RowCount; first += request.ChunkSize)
        {
            await WriteHeldAsync(isLast: false, token);
            _held = (series, first, Math.Min(request.ChunkSize, series.RowCount - first));
        }
    }

    public async ValueTask EndAsync(string? error, CancellationToken token)
    {
        await WriteHeldAsync(isLast: true, token);
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

    public bool WantsFlush => _json.BytesPending + output.UnflushedBytes > FlushBytes;

    public async ValueTask FlushAsync(CancellationToken token)
    {
        _json.Flush();
        await output.FlushAsync(token);
    }

    private async ValueTask WriteHeldAsync(bool isLast, CancellationToken token)
    {
        if (_held is not { } held)
        {
            return;
        }

        _held = null;
        OpenResult();
        var partialSeries = held.First + held.Count < held.Series.RowCount;
        await WriteSeriesAsync(held.Series, held.First, held.Count, partialSeries, token);
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

    private async ValueTask WriteSeriesAsync(ResultSeries series, int first, int count, bool partial, CancellationToken token)
    {
        WriteHead(series);
        for (var end = first + count; first < end; first += RowsAtOnce)
        {
            WriteRows(series, first, Math.Min(RowsAtOnce, end - first));
            if (WantsFlush)
            {
                await FlushAsync(token);
            }
        }

        _json.WriteEndArray();
        if (partial)
        {
            _json.WriteBoolean("partial", true);
        }

        _json.WriteEndObject();
    }

    private void WriteHead(ResultSeries series)
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
    }

    private void WriteRows(ResultSeries series, int first, int count)
    {
        if (!request.Pretty && JsonRows.Takes(series, request.EpochUnit))
        {
            _rows.Write(_json, series, first, count, request.EpochUnit);
            return;
        }

        // Once, not an enumerator a row.
        var columns = series.Values as ValueColumn[] ?? [.. series.Values];
        for (var row = first; row < first + count; row++)
        {
            _json.WriteStartArray();
            foreach (var column in columns)
            {
                JsonValues.Write(_json, column[row], request.EpochUnit, series.Zone);
            }

            _json.WriteEndArray();
        }
    }
}
