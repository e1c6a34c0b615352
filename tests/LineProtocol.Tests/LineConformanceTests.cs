using System.Buffers;
using System.Text;
using System.Text.Json;
using NocMonitor.Testing;

namespace NocMonitor.LineProtocol.Tests;

[Category("Conformance")]
public sealed class LineConformanceTests
{
    [Test]
    public void Every_decode_case_gives_its_points_or_its_error()
    {
        var wrong = new List<string>();
        var count = 0;

        foreach (var test in LineCorpus.Load().Decode.EnumerateObject())
        {
            count++;
            if (Judge(test.Value.GetProperty("input"), test.Value.GetProperty("output")) is { } difference)
            {
                wrong.Add($"{test.Name}: {difference}");
            }
        }

        Assert.That(count, Is.GreaterThan(3000));
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_line_of_a_real_Telegraf_is_good()
    {
        var text = File.ReadAllBytes(Corpora.Find("lineproto/metrics.lp"));
        var reader = new LineReader(new LineScratch(), text);
        var good = 0;

        while (reader.Read())
        {
            Assert.That(reader.IsGood, Is.True);
            good++;
        }

        Assert.That(good, Is.EqualTo(text.AsSpan().Count((byte)'\n')));
    }

    [Test]
    public void Every_encode_case_gives_its_text()
    {
        var wrong = new List<string>();

        foreach (var test in LineCorpus.Load().Encode.EnumerateObject())
        {
            var output = test.Value.GetProperty("output");
            if (output.TryGetProperty("result", out var expected))
            {
                var written = Write(LineCorpus.Point(test.Value.GetProperty("input").GetProperty("point")));
                if (written != LineCorpus.Text(expected))
                {
                    wrong.Add($"{test.Name}: {written} instead of {LineCorpus.Text(expected)}");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    /// <summary>Null when all is as expected, else what is not.</summary>
    private static string? Judge(JsonElement input, JsonElement output)
    {
        var text = LineCorpus.Bytes(input.GetProperty("text"));
        var received = input.GetProperty("defaultTime").GetInt64();
        var reader = new LineReader(new LineScratch(), text, true, LineCorpus.Precision(input));
        var points = new List<string>();
        LineError? error = null;
        while (reader.Read())
        {
            if (reader.IsGood)
            {
                var point = reader.ToPoint();
                point.Timestamp = reader.TimestampOr(received);
                points.Add(Canonical(point));
            }
            else
            {
                error ??= reader.Error;
            }
        }

        if (output.TryGetProperty("error", out var expected))
        {
            return error is null ? $"no error, expected: {expected}" : null;
        }

        var wanted = output.GetProperty("result").EnumerateArray().Select(point => Canonical(LineCorpus.Point(point))).ToList();
        return error is not null ? error.ToString()
            : points.SequenceEqual(wanted) ? null
            : $"{string.Join('\n', points)} instead of {string.Join('\n', wanted)}";
    }

    /// <summary>The corpus sorts tags, and its JSON does not tell a zero from a negative zero.</summary>
    private static string Canonical(Point point)
    {
        foreach (var (key, value) in point.Fields.Where(field => field.Value.Kind == FieldKind.Float).ToList())
        {
            point.Field(key, value.Float + 0.0);
        }

        return Reading.DescribeSorted(point);
    }

    private static string Write(Point point)
    {
        var output = new ArrayBufferWriter<byte>();
        LineWriter.Write(output, point);
        return Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n');
    }
}
