using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Derivation;

/// <summary>A series from whose points something follows that is stored with them. Any thread; batches of one series may come on several.</summary>
internal interface IDerivedSeries
{
    /// <summary>Adds to a row of a batch, or to the batch, what follows from it.</summary>
    void Derive(SampleBatch batch, int row, DerivationScratch scratch, ref DerivationCounts counts);

    /// <summary>A batch with a point of it was not stored after all.</summary>
    void Forget();
}
