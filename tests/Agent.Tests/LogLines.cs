using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Hosting;

namespace NocMonitor.Agent.Tests;

/// <summary>A log that keeps its lines for a test to read.</summary>
internal sealed class LogLines : IDisposable
{
    private readonly StringWriter _text = new();

    public LogLines(TimeProvider time) => Log = new CompactLog(_text, LogLevel.Information, time);

    public CompactLog Log { get; }

    public IReadOnlyList<string> Lines => _text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        Log.Dispose();
        _text.Dispose();
    }
}
