using System.Text;
using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries;

/// <summary>A field of a measurement. Its type is that of the first point that carried it and never changes; all series of the measurement share it.</summary>
public sealed class SeriesField
{
    internal SeriesField(int id, string measurement, string name, FieldKind kind)
    {
        Id = id;
        Measurement = measurement;
        Name = name;
        Kind = kind;
        Utf8Name = Encoding.UTF8.GetBytes(name);
    }

    public string Name { get; }

    public FieldKind Kind { get; }

    internal int Id { get; }

    internal string Measurement { get; }

    /// <summary>The name unescaped: what a line's raw field key is held against, which is the same bytes unless the line escapes something.</summary>
    internal byte[] Utf8Name { get; }
}
