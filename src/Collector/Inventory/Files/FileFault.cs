namespace NocMonitor.Collector.Inventory.Files;

/// <summary>Something in a file that cannot be taken: where, and why. Line and column count from 1; column in characters.</summary>
/// <param name="Field">The field it is about; empty when it is about the whole row.</param>
internal sealed record FileFault(int Line, int Column, string Field, string Message);
