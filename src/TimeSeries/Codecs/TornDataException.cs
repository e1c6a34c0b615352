namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Stored bytes are not what was written: a checksum, a length or a code is wrong.</summary>
internal sealed class TornDataException(string message) : Exception(message)
{
    public static TornDataException TooShort() => new("the data ends too early");
}
