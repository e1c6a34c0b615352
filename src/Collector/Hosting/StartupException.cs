namespace NocMonitor.Collector.Hosting;

/// <summary>The collector cannot start, for a reason that an operator can mend: the message is the one line to show, and the exit code is 1.</summary>
public sealed class StartupException : Exception
{
    public StartupException()
    {
    }

    public StartupException(string message)
        : base(message)
    {
    }

    public StartupException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
