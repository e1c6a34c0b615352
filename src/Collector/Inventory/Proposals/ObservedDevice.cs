using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>What a discovery last found of a device.</summary>
/// <param name="Agent">Who looked.</param>
/// <param name="Discovery">The run that saw it last.</param>
/// <param name="AbsentSince">When a run that looked at its address did not find it; null while it is there.</param>
internal sealed record ObservedDevice(Device Device, string Agent, string Discovery, DateTimeOffset SeenAt, DateTimeOffset? AbsentSince);
