using System.Buffers.Binary;
using System.Text;
using Snappier;

namespace NocMonitor.Collector.Tests.Ingest.RemoteWrite;

/// <summary>Builds requests of remote write as a sender does, bad ones too.</summary>
internal sealed class WriteRequest
{
    public const ulong StaleMarker = 0x7ff0000000000002;

    private readonly MemoryStream _message = new();

    /// <summary>One series with its samples; what has its default is left out, as Prometheus does.</summary>
    /// <param name="labels">Name and value by turns.</param>
    public WriteRequest Series(string[] labels, params (double Value, long Milliseconds)[] samples)
    {
        var series = new MemoryStream();
        for (var i = 0; i < labels.Length; i += 2)
        {
            Field(series, 1, Label(labels[i], labels[i + 1]));
        }

        foreach (var (value, time) in samples)
        {
            Field(series, 2, Sample(value, time));
        }

        return Field(1, series.ToArray());
    }

    public WriteRequest Field(int number, byte[] content)
    {
        Field(_message, number, content);
        return this;
    }

    public byte[] Message() => _message.ToArray();

    public byte[] Body() => Snappy.CompressToArray(Message());

    public static byte[] Label(string name, string value)
    {
        var label = new MemoryStream();
        Field(label, 1, Encoding.UTF8.GetBytes(name));
        Field(label, 2, Encoding.UTF8.GetBytes(value));
        return label.ToArray();
    }

    public static byte[] Sample(double value, long milliseconds)
    {
        var sample = new MemoryStream();
        var bits = BitConverter.DoubleToUInt64Bits(value);
        if (bits != 0)
        {
            sample.WriteByte(0x09);
            var eight = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(eight, bits);
            sample.Write(eight);
        }

        if (milliseconds != 0)
        {
            sample.WriteByte(0x10);
            Varint(sample, (ulong)milliseconds);
        }

        return sample.ToArray();
    }

    public static void Field(Stream output, int number, byte[] content)
    {
        Varint(output, ((ulong)number << 3) | 2);
        Varint(output, (ulong)content.Length);
        output.Write(content);
    }

    private static void Varint(Stream output, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            output.WriteByte((byte)(value | 0x80));
        }

        output.WriteByte((byte)value);
    }
}
