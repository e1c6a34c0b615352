namespace NocMonitor.Probes.Host.Cpu;

/// <summary>
/// What one CPU, or all together, did since boot, in ticks of the platform. <see cref="User"/> and <see cref="Nice"/> contain the guest times as in
/// /proc/stat.
/// </summary>
internal record struct CpuTimes
{
    public ulong User;
    public ulong Nice;
    public ulong System;
    public ulong Idle;
    public ulong IoWait;
    public ulong Irq;
    public ulong SoftIrq;
    public ulong Steal;
    public ulong Guest;
    public ulong GuestNice;

    public readonly ulong Total => User + Nice + System + Idle + IoWait + Irq + SoftIrq + Steal;

    /// <summary>
    /// The time between two readings. Idle and iowait are known to step back a little (proc(5)), and a CPU that was offline starts anew: what went
    /// backwards counts as nothing.
    /// </summary>
    public static CpuTimes Between(in CpuTimes before, in CpuTimes after) => new()
    {
        User = Forward(before.User, after.User),
        Nice = Forward(before.Nice, after.Nice),
        System = Forward(before.System, after.System),
        Idle = Forward(before.Idle, after.Idle),
        IoWait = Forward(before.IoWait, after.IoWait),
        Irq = Forward(before.Irq, after.Irq),
        SoftIrq = Forward(before.SoftIrq, after.SoftIrq),
        Steal = Forward(before.Steal, after.Steal),
        Guest = Forward(before.Guest, after.Guest),
        GuestNice = Forward(before.GuestNice, after.GuestNice),
    };

    private static ulong Forward(ulong before, ulong after) => after > before ? after - before : 0;
}
