namespace NocMonitor.Collector.Derivation;

/// <summary>One raw counter of a measurement.</summary>
/// <param name="Field">The field that holds it.</param>
/// <param name="Bits">Its width, 32 or 64: where it wraps.</param>
/// <param name="BitsPerUnit">The fewest bits that a line has to carry for it to grow by one; with the speed this bounds how fast it can grow.</param>
/// <param name="MayLap">Whether a busy line can take it round more than once between two samples, which no difference would show.</param>
internal sealed record CounterDefinition(string Field, int Bits, int BitsPerUnit, bool MayLap);
