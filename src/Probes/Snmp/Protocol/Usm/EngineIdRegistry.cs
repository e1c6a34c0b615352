namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// Which device has which engine id, to find two that share one: cloned machines, copied configurations. Managers that key their clocks by
/// engine id lose such devices in turns. Any thread.
/// </summary>
internal sealed class EngineIdRegistry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<string>> _devices = [];

    /// <param name="device">The device's name. One that is asked by two probes joins twice and shares with nobody.</param>
    public void Join(ReadOnlySpan<byte> engineId, string device)
    {
        var key = Convert.ToHexString(engineId);
        lock (_lock)
        {
            if (!_devices.TryGetValue(key, out var devices))
            {
                _devices.Add(key, devices = []);
            }

            devices.Add(device);
        }
    }

    public void Leave(ReadOnlySpan<byte> engineId, string device)
    {
        var key = Convert.ToHexString(engineId);
        lock (_lock)
        {
            if (_devices.TryGetValue(key, out var devices) && devices.Remove(device) && devices.Count == 0)
            {
                _devices.Remove(key);
            }
        }
    }

    /// <summary>Another device with this engine id; null when there is none.</summary>
    public string? FindOther(ReadOnlySpan<byte> engineId, string device)
    {
        var key = Convert.ToHexString(engineId);
        lock (_lock)
        {
            return _devices.TryGetValue(key, out var devices)
                ? devices.Find(other => !string.Equals(other, device, StringComparison.Ordinal))
                : null;
        }
    }
}
