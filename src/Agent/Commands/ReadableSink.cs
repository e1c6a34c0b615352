using NocMonitor.LineProtocol;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Commands;

/// <summary>Prints points for a person: one block a point, failures marked. Any thread.</summary>
internal sealed class ReadableSink(TextWriter output) : IPointSink
{
    private readonly Lock _lock = new();

    public int Points { get; private set; }

    public int Failed { get; private set; }

    public void Add(Point point)
    {
        var failed = point.FindField("result_code") is { Kind: FieldKind.Integer, Integer: not ResultCode.Success };
        lock (_lock)
        {
            Points++;
            Failed += failed ? 1 : 0;
            output.WriteLine($"{(failed ? "FAILED" : "ok    ")} {point.Measurement} {string.Join(' ', point.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}".TrimEnd());
            foreach (var (name, value) in point.Fields)
            {
                output.WriteLine($"         {name,-28} {value}");
            }
        }
    }
}
