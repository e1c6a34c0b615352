using System.Globalization;
using System.Text;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Ingest;

/// <summary>What became of a body: how much was stored, and the first of the lines that were not, with reasons. One request's thread.</summary>
internal sealed class WriteOutcome
{
    /// <summary>More errors than a sender would read only make the answer long.</summary>
    private const int ErrorsKept = 10;

    private readonly List<LineError> _errors = new(0);

    public long Lines { get; set; }

    public long Values { get; set; }

    /// <summary>What was read, after decompression.</summary>
    public long Bytes { get; set; }

    public long Rejected { get; set; }

    /// <summary>Whether another reason would be told.</summary>
    public bool KeepsErrors => _errors.Count < ErrorsKept;

    public int Status => Rejected == 0 ? StatusCodes.Status204NoContent : StatusCodes.Status400BadRequest;

    public LineError? FirstError => _errors.Count > 0 ? _errors[0] : null;

    public void Reject(LineError error)
    {
        Rejected++;
        Keep(error);
    }

    /// <summary>Keeps the reason for a line that is counted already.</summary>
    public void Keep(LineError error)
    {
        if (KeepsErrors)
        {
            _errors.Add(error);
        }
    }

    public void Clear()
    {
        _errors.Clear();
        Lines = Values = Bytes = Rejected = 0;
    }

    /// <summary>
    /// The reasons in InfluxDB's words. Senders search for <c>partial write</c> and <c>unable to parse</c> to learn that sending the same again is of no use.
    /// </summary>
    public string Describe() => Describe(error => error.ToString());

    /// <param name="word">How one error is told.</param>
    public string Describe(Func<LineError, string> word)
    {
        var text = new StringBuilder(Lines > 0 ? "partial write: unable to parse: " : "unable to parse: ");
        text.AppendJoin("; ", _errors.Select(word));
        if (Rejected > _errors.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"; and {Rejected - _errors.Count} more");
        }

        return text.Append(CultureInfo.InvariantCulture, $" dropped={Rejected}").ToString();
    }
}
