using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Chunks;

/// <summary>One byte says all about a column: kind in the three low bits, codec in the next three, presence in the top two.</summary>
internal static class ColumnHeader
{
    public static byte Pack(FieldKind kind, PresenceForm presence, ColumnCodec codec) => (byte)((int)kind | ((int)codec << 3) | ((int)presence << 6));

    public static (FieldKind Kind, PresenceForm Presence, ColumnCodec Codec) Unpack(byte header)
    {
        var kind = (FieldKind)(header & 7);
        return kind <= FieldKind.String
            ? (kind, (PresenceForm)(header >> 6), (ColumnCodec)((header >> 3) & 7))
            : throw new TornDataException($"an unknown field kind {(int)kind}");
    }
}
