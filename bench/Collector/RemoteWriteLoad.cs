using System.Buffers.Binary;
using System.Text;
using NocMonitor.Bench.TimeSeries;
using Snappier;

namespace NocMonitor.Bench.Collector;

/// <summary>The fleet of <see cref="DevopsLoad"/> as Prometheus would send it: a series for each field, its name the measurement and the field, labels in order of their names.</summary>
internal sealed class RemoteWriteLoad
{
    /// <summary>As many as Prometheus puts into a request unless told otherwise.</summary>
    public const int SamplesPerPost = 2000;

    private readonly Random _random;
    private readonly byte[][] _labels;
    private readonly double[] _values;

    public RemoteWriteLoad(int hosts, int seed)
    {
        _random = new Random(seed);
        _labels = [.. Enumerable.Range(0, hosts).SelectMany(Labels)];
        _values = [.. _labels.Select(_ => _random.NextDouble() * 100)];
    }

    /// <summary>Requests as they go over the wire, interval after interval; what does not fill a request at the end is left out.</summary>
    public List<byte[]> Bodies(long startMs, long stepMs, int intervals)
    {
        var bodies = new List<byte[]>();
        var message = new MemoryStream();
        var samples = 0;
        for (var interval = 0; interval < intervals; interval++)
        {
            for (var series = 0; series < _labels.Length; series++)
            {
                WriteSeries(message, _labels[series], Move(ref _values[series]), startMs + (interval * stepMs));
                if (++samples % SamplesPerPost == 0)
                {
                    bodies.Add(Snappy.CompressToArray(message.GetBuffer().AsSpan(0, (int)message.Length)));
                    message.SetLength(0);
                }
            }
        }

        return bodies;
    }

    private IEnumerable<byte[]> Labels(int host)
    {
        var region = $"region-{_random.Next(8)}";
        (string Name, string Value)[] tags =
        [
            ("arch", "x64"), ("datacenter", region + "abc"[_random.Next(3)]), ("hostname", $"host_{host}"), ("os", "Ubuntu16.04LTS"), ("rack", $"{_random.Next(100)}"), ("region", region),
            ("service", $"{_random.Next(20)}"), ("service_environment", "production"), ("team", "NYC"),
        ];
        foreach (var measurement in DevopsShape.Measurements)
        {
            foreach (var field in measurement.Fields)
            {
                var labels = new MemoryStream();
                WriteLabel(labels, "__name__", $"{measurement.Name}_{field.Name}");
                foreach (var (name, value) in tags)
                {
                    WriteLabel(labels, name, value);
                }

                yield return labels.ToArray();
            }
        }
    }

    /// <summary>A walk in hundredths, between 0 and 100.</summary>
    private double Move(ref double value)
    {
        value = Math.Clamp(value + ((_random.NextDouble() - 0.5) * 2), 0, 100);
        return Math.Round(value, 2);
    }

    private static void WriteSeries(MemoryStream message, byte[] labels, double value, long milliseconds)
    {
        Span<byte> sample = stackalloc byte[20];
        sample[0] = 0x09;
        BinaryPrimitives.WriteDoubleLittleEndian(sample[1..], value);
        sample[9] = 0x10;
        var length = 10 + Varint(sample[10..], (ulong)milliseconds);
        Span<byte> head = stackalloc byte[10];
        message.WriteByte(0x0a);
        message.Write(head[..Varint(head, (ulong)(labels.Length + 2 + length))]);
        message.Write(labels);
        message.WriteByte(0x12);
        message.WriteByte((byte)length);
        message.Write(sample[..length]);
    }

    private static void WriteLabel(MemoryStream labels, string name, string value)
    {
        var (nameBytes, valueBytes) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        labels.WriteByte(0x0a);
        labels.WriteByte((byte)(4 + nameBytes.Length + valueBytes.Length));
        labels.WriteByte(0x0a);
        labels.WriteByte((byte)nameBytes.Length);
        labels.Write(nameBytes);
        labels.WriteByte(0x12);
        labels.WriteByte((byte)valueBytes.Length);
        labels.Write(valueBytes);
    }

    private static int Varint(Span<byte> output, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            output[length++] = (byte)(value | 0x80);
        }

        output[length++] = (byte)value;
        return length;
    }
}
