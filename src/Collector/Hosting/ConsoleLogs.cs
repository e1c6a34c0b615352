using Microsoft.Extensions.Logging.Console;

namespace NocMonitor.Collector.Hosting;

/// <summary>Logs to standard output, one line an event with its time in UTC; under systemd with the priority prefix that the journal reads.</summary>
internal static class ConsoleLogs
{
    public static void AddConsoleLogs(this ILoggingBuilder logging, LogLevel level, StartupGate gate)
    {
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);

        // One line for each refused connection would let anybody write the log full.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Error);

        // A host that cannot start logs the whole exception; an operator is told the reason in one line instead.
        logging.AddFilter("Microsoft.Extensions.Hosting", level => level >= LogLevel.Warning && gate.Passed);

        // The request log of the framework prints query strings, in which InfluxDB's clients send passwords.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 })
        {
            logging.AddSystemdConsole(options => options.TimestampFormat = null);
        }
        else
        {
            logging.AddSimpleConsole(WriteOneLine);
        }
    }

    private static void WriteOneLine(SimpleConsoleFormatterOptions options)
    {
        options.SingleLine = true;
        options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        options.UseUtcTimestamp = true;
    }
}
