using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>One series that a select reads: stored, or the rows of one group of a select within it. Immutable; safe for concurrent reading.</summary>
internal abstract class QueryInput
{
    public abstract string Measurement { get; }

    /// <summary>Every row is shown, even one in which nothing that is asked for has a value: an inner select has shown it already.</summary>
    public virtual bool ShowsEveryRow => false;

    /// <summary>The value of a tag; empty when the series does not have it.</summary>
    public abstract string FindTag(string name);

    /// <summary>The place of a field in the blocks and its kind; a negative place when the series does not have it.</summary>
    public abstract (int Place, FieldKind Kind) FindField(string name);

    /// <summary>Blocks in order of time, or the other way round; the rows in a block ascend always. A block is valid until the next.</summary>
    /// <param name="readers">Where a reader of the store is rented for as long as blocks are taken.</param>
    /// <param name="fields">The places of the fields that are wanted.</param>
    public abstract IEnumerable<SampleBlock> Read(ReaderPool readers, TimeRange range, int[] fields, bool ascending);

    /// <summary>As <see cref="Read"/> with the newest first, for who needs the newest row alone: it may come first in a block of its own, and then again.</summary>
    public virtual IEnumerable<SampleBlock> ReadNewest(ReaderPool readers, TimeRange range, int[] fields) => Read(readers, range, fields, ascending: false);

    /// <summary>A time before which there is nothing in the range; a later bound is better, and need not be exact.</summary>
    public abstract long NotBefore(ReaderPool readers, TimeRange range);
}
