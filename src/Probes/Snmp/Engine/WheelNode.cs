namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>What can be set in a <see cref="TimerWheel"/>; the links are the wheel's.</summary>
internal abstract class WheelNode
{
    public WheelNode? Previous;
    public WheelNode? Next;
    public long DueTick;
    public int Slot = -1;
}
