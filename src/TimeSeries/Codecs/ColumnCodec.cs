namespace NocMonitor.TimeSeries.Codecs;

/// <summary>How the values of one column are packed; the numbers are on disk.</summary>
internal enum ColumnCodec : byte
{
    /// <summary>One value for all rows: 8 bytes for a float, a zig-zag varint for the other kinds.</summary>
    Constant = 0,

    /// <summary>Integers, and indexes of strings: <see cref="IntegerPacking"/>.</summary>
    Integers = 1,

    /// <summary>Floats as scaled integers with exceptions: <see cref="FloatPacking"/>.</summary>
    Decimals = 2,

    /// <summary>Floats that fit no scale: <see cref="XorPacking"/>.</summary>
    Xor = 3,

    /// <summary>Values that rarely change: <see cref="RunPacking"/>.</summary>
    Runs = 4,

    /// <summary>Booleans, one bit each, least significant bit first.</summary>
    Bits = 5,
}
