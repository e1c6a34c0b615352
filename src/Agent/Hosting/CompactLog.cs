using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace NocMonitor.Agent.Hosting;

/// <summary>
/// Logs one line an event to a text stream: time in UTC, level, event, text, as in <c>2026-01-05T08:00:00.123Z WRN DiskRefuses: the disk …</c>. An exception
/// follows as type and message on the same line; its stack only at Debug. Any thread; a line is written whole.
/// </summary>
internal sealed class CompactLog(TextWriter output, LogLevel lowest, TimeProvider time) : ILoggerFactory, ILogger
{
    private static readonly string[] Levels = ["TRC", "DBG", "INF", "WRN", "ERR", "CRT"];

    private readonly Lock _lock = new();

    /// <summary>Also takes each line of a level that is worth a person's look; the Windows event log.</summary>
    public Action<LogLevel, string>? Mirror { get; set; }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("the agent logs to one place");

    public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest && logLevel != LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var text = new StringBuilder(160);
        text.Append(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Levels[(int)logLevel]} ");
        text.Append(eventId.Name ?? eventId.Id.ToString(CultureInfo.InvariantCulture)).Append(": ").Append(formatter(state, exception));
        if (exception is not null)
        {
            text.Append(": ").Append(exception.GetType().Name).Append(": ").Append(exception.Message);
        }

        // A foreign text must not be able to begin a line that looks like ours.
        text.Replace('\n', ' ').Replace('\r', ' ');
        if (exception is not null && lowest <= LogLevel.Debug)
        {
            text.Append('\n').Append(exception);
        }

        Write(logLevel, text.ToString());
    }

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string line)
    {
        lock (_lock)
        {
            try
            {
                output.WriteLine(line);
            }
            catch (IOException)
            {
                // The reader of our output is gone. Monitoring goes on; there is nowhere left to say so.
                return;
            }
        }

        Mirror?.Invoke(level, line);
    }
}
