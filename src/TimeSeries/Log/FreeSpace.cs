namespace NocMonitor.TimeSeries.Log;

/// <summary>Looks now and then at the free bytes of the store's volume. Used by the log's thread alone.</summary>
internal sealed class FreeSpace(string folder, long minimum, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly DriveInfo _drive = new(OperatingSystem.IsWindows() ? Path.GetPathRoot(Path.GetFullPath(folder))! : Path.GetFullPath(folder));
    private long _lookedAt = long.MinValue;
    private long _free = long.MaxValue;

    /// <summary>A refusal while too little is free.</summary>
    public StoreUnavailableException? Refusal()
    {
        if (minimum <= 0)
        {
            return null;
        }

        var now = time.GetTimestamp();
        if (_lookedAt == long.MinValue || time.GetElapsedTime(_lookedAt, now) >= Interval)
        {
            _lookedAt = now;
            if (Look() is { } fault)
            {
                return fault;
            }
        }

        return _free >= minimum
            ? null
            : new StoreUnavailableException($"the volume of {folder} has {_free} bytes free where {minimum} are kept in reserve");
    }

    /// <summary>A volume that went away is a reason to refuse, not to stop the process.</summary>
    private StoreUnavailableException? Look()
    {
        try
        {
            _free = _drive.AvailableFreeSpace;
            return null;
        }
        catch (IOException fault)
        {
            _lookedAt = long.MinValue;
            return new StoreUnavailableException($"the volume of {folder} cannot be reached: {fault.Message}", fault);
        }
    }
}
