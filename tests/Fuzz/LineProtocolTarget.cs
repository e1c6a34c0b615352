using System.Buffers;
using System.Text;
using NocMonitor.LineProtocol;

namespace NocMonitor.Fuzz;

/// <summary>
/// Line protocol: chunks give what the whole gives, under wide and narrow limits; lines are counted upwards; a good line can be written and
/// reads back the same; its series key reads back the same.
/// </summary>
internal static class LineProtocolTarget
{
    private static readonly LineLimits Narrow = new() { MaxLineBytes = 32, MaxTags = 3, MaxFields = 3 };

    public static void Run(ReadOnlySpan<byte> input)
    {
        var cut = input.Length == 0 ? 0 : input[0] * input.Length / 256;
        foreach (var limits in new[] { LineLimits.Default, Narrow })
        {
            var whole = new List<string>();
            Read(new LineScratch(), input, true, limits, whole);
            var pieces = new List<string>();
            var scratch = new LineScratch();
            var consumed = Read(scratch, input[..cut], false, limits, pieces);
            Read(scratch, input[consumed..], true, limits, pieces);
            Require(whole.SequenceEqual(pieces), $"cut at {cut}: {string.Join(" | ", whole)} <> {string.Join(" | ", pieces)}");
        }
    }

    private static int Read(LineScratch scratch, ReadOnlySpan<byte> text, bool isFinal, LineLimits limits, List<string> lines)
    {
        var reader = new LineReader(scratch, text, isFinal, limits: limits);
        while (reader.Read())
        {
            if (reader.IsGood)
            {
                lines.Add(CheckGood(ref reader));
            }
            else
            {
                var error = reader.Error;
                Require(error is { Line: > 0, Column: > 0, Reason.Length: > 0 and < 400 }, error.ToString());
                lines.Add(error.ToString());
            }
        }

        Require(reader.Consumed <= text.Length && (!isFinal || reader.Consumed == text.Length), "not all consumed");
        return reader.Consumed;
    }

    private static string CheckGood(ref LineReader reader)
    {
        var point = reader.ToPoint();
        Require(SeriesKey.Parse(reader.SeriesKey).Equals(new SeriesKey(point.Measurement, point.Tags)), "the series key differs");
        var output = new ArrayBufferWriter<byte>();
        Require(LineWriter.Write(output, point), "a good line cannot be written");
        var again = new LineReader(new LineScratch(), output.WrittenSpan);
        Require(again.Read() && again.IsGood, "what was written is bad");
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        Require(text == again.ToPoint() + "\n", "what was written reads as something else");
        return text;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
