using System.Text;
using System.Text.Json;
using NocMonitor.Testing;

namespace NocMonitor.LineProtocol.Tests;

/// <summary>The cases of influxdata/line-protocol's corpus, from the folder of peers' test data.</summary>
internal sealed record LineCorpus(JsonElement Decode, JsonElement Encode)
{
    public static LineCorpus Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Corpora.Find("lineproto/corpus.json")));
        return new LineCorpus(document.RootElement.GetProperty("decode").Clone(), document.RootElement.GetProperty("encode").Clone());
    }

    /// <summary>A text, or bytes in base 64 where they are not UTF-8.</summary>
    public static byte[] Bytes(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.GetProperty("binary").GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(value.GetString()!);

    public static string Text(JsonElement value) => Encoding.UTF8.GetString(Bytes(value));

    public static TimePrecision Precision(JsonElement input) => input.GetProperty("precision").GetString() switch
    {
        "1ns" => TimePrecision.Nanoseconds,
        "1µs" => TimePrecision.Microseconds,
        "1ms" => TimePrecision.Milliseconds,
        "1s" => TimePrecision.Seconds,
        var other => throw new InvalidDataException($"unknown precision {other}"),
    };

    /// <summary>A point as the corpus writes it. A field or tag of no sort is as the corpus has it; of a field that is there twice the last counts.</summary>
    public static Point Point(JsonElement json)
    {
        var point = new Point(Text(json.GetProperty("name"))) { Timestamp = json.GetProperty("time").GetInt64() };
        foreach (var tag in json.GetProperty("tags").EnumerateArray())
        {
            point.Tag(Text(tag.GetProperty("key")), Text(tag.GetProperty("value")));
        }

        foreach (var field in json.GetProperty("fields").EnumerateArray())
        {
            point.Field(Text(field.GetProperty("key")), Value(field.GetProperty("value").EnumerateObject().Single()));
        }

        return point;
    }

    private static FieldValue Value(JsonProperty value) => value.Name switch
    {
        "float" => FieldValue.Of(value.Value.GetDouble()),
        "int" => FieldValue.Of(value.Value.GetInt64()),
        "uint" => FieldValue.Of(value.Value.GetUInt64()),
        "bool" => FieldValue.Of(value.Value.GetBoolean()),
        "string" => FieldValue.Of(Text(value.Value)),
        var other => throw new InvalidDataException($"unknown kind {other}"),
    };
}
