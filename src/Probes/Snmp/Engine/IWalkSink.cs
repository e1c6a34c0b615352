using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// Takes the rows of a walk as they come. Called on the engine's thread, which all devices share: it must neither block nor wait. One call at a time a walk, in
/// the device's order within a column; columns that travel together come row by row. What it throws fails the walk.
/// </summary>
public interface IWalkSink
{
    /// <param name="column">Which of the walk's columns.</param>
    /// <param name="index">The encoded arcs after the column, valid during the call, as the value is.</param>
    void Row(int column, ReadOnlySpan<byte> index, in VarbindView value);
}
