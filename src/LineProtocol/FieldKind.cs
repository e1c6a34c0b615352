namespace NocMonitor.LineProtocol;

/// <summary>The five field types of line protocol.</summary>
public enum FieldKind : byte
{
    Float,
    Integer,
    Unsigned,
    Boolean,
    String,
}
