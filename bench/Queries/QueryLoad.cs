using NocMonitor.Bench.Processes;
using NocMonitor.Bench.TimeSeries;

namespace NocMonitor.Bench.Queries;

/// <summary>Loads the data of a scenario into a server. Each connection brings hosts of its own, so that the points of a series come in order as agents send them.</summary>
internal sealed class QueryLoad(QueryScenario scenario, Uri write)
{
    private const int Connections = 4;
    private const int BodyBytes = 512 << 10;
    private const int RoundBytes = 4 << 20;

    private readonly MemoryStream[] _texts = [.. Enumerable.Range(0, Connections).Select(_ => new MemoryStream())];
    private readonly List<byte[]>[] _bodies = [.. Enumerable.Range(0, Connections).Select(_ => new List<byte[]>())];

    public async Task RunAsync()
    {
        var load = new DevopsLoad(scenario.Hosts, seed: 7, scenario.Measurements);
        for (var time = scenario.Start; time < scenario.End; time += QueryScenario.IntervalSeconds)
        {
            Add(load.Next(time * 1_000_000_000).Span, load.LinesPerInterval);
            if (_bodies[0].Count * BodyBytes > RoundBytes)
            {
                await PostAsync();
            }
        }

        for (var part = 0; part < Connections; part++)
        {
            Cut(part);
        }

        await PostAsync();
    }

    private void Add(ReadOnlySpan<byte> lines, int count)
    {
        for (var line = 0; line < count; line++)
        {
            var end = lines.IndexOf((byte)'\n') + 1;
            var part = (int)((long)line * Connections / count);
            _texts[part].Write(lines[..end]);
            lines = lines[end..];
            if (_texts[part].Length >= BodyBytes)
            {
                Cut(part);
            }
        }
    }

    private void Cut(int part)
    {
        if (_texts[part].Length > 0)
        {
            _bodies[part].Add(_texts[part].ToArray());
            _texts[part].SetLength(0);
        }
    }

    private async Task PostAsync()
    {
        await Task.WhenAll(_bodies.Select(bodies => HttpLoad.PostAsync(write, bodies, connections: 1)));
        foreach (var bodies in _bodies)
        {
            bodies.Clear();
        }
    }
}
