using System.Net;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>A device to ask.</summary>
/// <param name="Name">What it is called in texts: the target as configured.</param>
/// <param name="EndPoint">Its address and port.</param>
/// <param name="Credentials">What it is asked with.</param>
/// <param name="Options">How it is asked.</param>
public sealed record SnmpTarget(string Name, IPEndPoint EndPoint, SnmpCredentials Credentials, SnmpRequestOptions Options);
