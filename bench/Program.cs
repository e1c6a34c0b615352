using System.Globalization;
using NocMonitor.Bench;
using NocMonitor.Bench.Collector;
using NocMonitor.Bench.Probes;
using NocMonitor.Bench.Profile;
using NocMonitor.Bench.Queries;
using NocMonitor.Bench.Snmp;
using NocMonitor.Bench.TimeSeries;

// bench/run [--list] [--profile] [NAME ...]: see BenchCatalog for the names.
if (args is ["--list"])
{
    foreach (var bench in BenchCatalog.All)
    {
        Console.WriteLine($"{bench.Name,-16} {bench.Help}");
    }

    return 0;
}

if (args is ["--store", var scenario, var hosts, var intervals])
{
    return await StoreScenario.RunAsync(scenario, Number(hosts), Number(intervals));
}

if (args is ["--ingest", var fleet, var warm, var measured])
{
    Console.Write(await IngestBench.MeasureOursAsync((Number(fleet), Number(warm), Number(measured))));
    return 0;
}

if (args is ["--load", var loaded])
{
    return await LoadedMemory.RunAsync(loaded);
}

if (args is ["--profile"])
{
    return await CollectorProfile.RunAsync();
}

if (args is [SnmpPeer.Argument, var devices, var dead, var slow])
{
    return await SnmpPeer.ServeAsync(Number(devices), Number(dead), Number(slow));
}

if (args is [SnmpPoller.Argument, var columns, var peerPort, var polled, var troubled])
{
    return await SnmpPoller.RunAsync(columns, Number(peerPort), Number(polled), Number(troubled));
}

if (args is [TrapSender.Argument, var trapPort, var traps, var trapRate])
{
    return await TrapSender.SendAsync(Number(trapPort), Number(traps), Number(trapRate));
}

if (args is [HttpPeer.Argument])
{
    return await HttpPeer.ServeAsync();
}

var unknown = args.Where(name => BenchCatalog.Find(name) is null).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"no benchmark {string.Join(", ", unknown)}; bench/run --list names them");
    return 2;
}

foreach (var bench in args.Length == 0 ? BenchCatalog.All : args.Select(name => BenchCatalog.Find(name)!))
{
    await bench.RunAsync(new BenchResults(bench.Name));
}

return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
