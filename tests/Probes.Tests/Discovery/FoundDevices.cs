using NocMonitor.Probes.Discovery;

namespace NocMonitor.Probes.Tests.Discovery;

/// <summary>Keeps what a discovery finds.</summary>
internal sealed class FoundDevices(Action<DiscoveredDevice>? found = null) : IDiscoverySink
{
    public List<DiscoveredDevice> Devices { get; } = [];

    public List<long> Cursors { get; } = [];

    public DiscoveredDevice At(string address) => Devices.Single(device => device.Address.ToString() == address);

    public void Found(DiscoveredDevice device)
    {
        Devices.Add(device);
        found?.Invoke(device);
    }

    public void Advanced(long next) => Cursors.Add(next);
}
