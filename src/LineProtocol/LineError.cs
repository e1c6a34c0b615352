namespace NocMonitor.LineProtocol;

/// <summary>Why and where a line was refused.</summary>
/// <param name="Line">The line in the whole text, from 1; inside a string that spans lines, the line of the fault itself.</param>
/// <param name="Column">The byte in that line, from 1.</param>
/// <param name="Reason">In words, with a short quotation of the line where that helps.</param>
public readonly record struct LineError(int Line, int Column, string Reason)
{
    public override string ToString() => $"line {Line}, column {Column}: {Reason}";
}
