using System.Text;
using BenchmarkDotNet.Attributes;
using NocMonitor.LineProtocol;

namespace NocMonitor.Bench.LineProtocol;

/// <summary>Reading from memory as the collector does: every line's series hash, field values and time are taken. The naive way splits strings.</summary>
public class LineReaderBench
{
    private const int Lines = 2000;

    private readonly LineScratch _scratch = new();
    private byte[] _tsbs = [];
    private byte[] _short = [];
    private byte[] _precise = [];

    [GlobalSetup]
    public void Setup()
    {
        _tsbs = TsbsLines.Cpu(Lines);
        _short = Repeat("net_response,server=10.1.2.3,port=443 response_time=0.0123,result_code=0i 1451606400000000000\n");
        _precise = Repeat("m,host=web01 a=62.288713455200195,b=0.12345678901234567 1451606400000000000\n");
    }

    [Benchmark(OperationsPerInvoke = Lines, Description = "TSBS, 10 tags, 10 fields")]
    public long Tsbs() => Read(_tsbs);

    [Benchmark(OperationsPerInvoke = Lines, Description = "short, 2 tags, 2 fields")]
    public long Short() => Read(_short);

    [Benchmark(OperationsPerInvoke = Lines, Description = "floats of 17 digits, 1 tag, 2 fields")]
    public long Precise() => Read(_precise);

    [Benchmark(OperationsPerInvoke = Lines, Description = "TSBS by string.Split")]
    public double Naive()
    {
        double sum = 0;
        foreach (var line in Encoding.UTF8.GetString(_tsbs).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var field in line.Split(' ')[1].Split(','))
            {
                sum += double.Parse(field.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }

    private static byte[] Repeat(string line) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, Lines)));

    private long Read(byte[] text)
    {
        long sum = 0;
        var reader = new LineReader(_scratch, text);
        while (reader.Read())
        {
            sum += (long)reader.SeriesHash + reader.TimestampOr(0);
            foreach (ref readonly var field in reader.Fields)
            {
                sum += field.Bits;
            }
        }

        return sum;
    }
}
