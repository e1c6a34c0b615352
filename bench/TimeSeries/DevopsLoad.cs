using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace NocMonitor.Bench.TimeSeries;

/// <summary>Line protocol of a fleet of hosts, one interval after another; random walks, so the same seed gives the same text.</summary>
internal sealed class DevopsLoad
{
    private static readonly string[] Regions = ["us-east-1", "us-west-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-northeast-1", "sa-east-1"];

    private readonly Random _random;
    private readonly byte[][] _keys;
    private readonly double[] _values;
    private readonly DevopsMeasurement[] _measurements;
    private byte[] _text = new byte[1 << 20];
    private int _length;

    /// <param name="measurements">What each host reports; all that the shape has unless said.</param>
    public DevopsLoad(int hosts, int seed, DevopsMeasurement[]? measurements = null)
    {
        Hosts = hosts;
        _random = new Random(seed);
        _measurements = measurements ??= DevopsShape.Measurements;
        _keys = [.. Enumerable.Range(0, hosts).SelectMany(host => Keys(host, measurements))];
        _values = [.. Enumerable.Range(0, hosts).SelectMany(_ => measurements).SelectMany(measurement => measurement.Fields).Select(Start)];
    }

    public int Hosts { get; }

    public int LinesPerInterval => Hosts * _measurements.Length;

    public int ValuesPerInterval => Hosts * _measurements.Sum(measurement => measurement.Fields.Length);

    /// <summary>The lines of all hosts at one time; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Next(long timestampNs)
    {
        _length = 0;
        var (key, value) = (0, 0);
        for (var host = 0; host < Hosts; host++)
        {
            foreach (var measurement in _measurements)
            {
                if (_text.Length - _length < 4096)
                {
                    Array.Resize(ref _text, _text.Length * 2);
                }

                Append(_keys[key++]);
                var separator = (byte)' ';
                foreach (var field in measurement.Fields)
                {
                    Append(separator);
                    separator = (byte)',';
                    Append(field, Move(ref _values[value++], field));
                }

                Append((byte)' ');
                Append(timestampNs);
                Append((byte)'\n');
            }
        }

        return _text.AsMemory(0, _length);
    }

    private IEnumerable<byte[]> Keys(int host, DevopsMeasurement[] measurements)
    {
        var region = Regions[_random.Next(Regions.Length)];
        var tags = string.Create(CultureInfo.InvariantCulture, $"hostname=host_{host},region={region},datacenter={region}{"abc"[_random.Next(3)]},rack={_random.Next(100)}")
            + $",os=Ubuntu16.04LTS,arch={(_random.Next(2) == 0 ? "x64" : "x86")},team=NYC,service={_random.Next(20)},service_environment=production";
        return measurements.Select(measurement => Encoding.ASCII.GetBytes($"{measurement.Name},{tags}{measurement.ExtraTags}"));
    }

    private double Start(DevopsField field) => field.Motion == Motion.Counter
        ? _random.NextDouble() * field.Step * 1000
        : field.Low + (_random.NextDouble() * (field.High - field.Low));

    private double Move(ref double value, DevopsField field)
    {
        value = field.Motion switch
        {
            Motion.Constant => value,
            Motion.Counter => value + (_random.NextDouble() * 2 * field.Step),
            _ => Math.Clamp(value + (Normal() * field.Step), field.Low, field.High),
        };
        return value;
    }

    /// <summary>About normal with variance one, by the sum of four uniform numbers.</summary>
    private double Normal() => (_random.NextDouble() + _random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 2) * Math.Sqrt(3);

    private void Append(DevopsField field, double value)
    {
        foreach (var letter in field.Name)
        {
            Append((byte)letter);
        }

        Append((byte)'=');
        switch (field.Motion)
        {
            case Motion.Hundredths:
                AppendDecimal((long)((value * 100) + 0.5), 100);
                break;
            case Motion.Tenths:
                AppendDecimal((long)((value * 10) + 0.5), 10);
                break;
            default:
                Append((long)value);
                Append((byte)'i');
                break;
        }
    }

    private void AppendDecimal(long scaled, int scale)
    {
        Append(scaled / scale);
        Append((byte)'.');
        var rest = scaled % scale;
        if (scale == 100)
        {
            Append((byte)('0' + (rest / 10)));
        }

        Append((byte)('0' + (rest % 10)));
    }

    private void Append(long number)
    {
        Utf8Formatter.TryFormat(number, _text.AsSpan(_length), out var written);
        _length += written;
    }

    private void Append(byte value) => _text[_length++] = value;

    private void Append(byte[] bytes)
    {
        bytes.CopyTo(_text, _length);
        _length += bytes.Length;
    }
}
