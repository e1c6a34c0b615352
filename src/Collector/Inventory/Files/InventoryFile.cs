using System.Text;
using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Files;

internal enum FileFormat
{
    Csv,
    Json,
}

/// <summary>A device as a file has it.</summary>
/// <param name="Parents">Null when the file says nothing about them.</param>
internal sealed record FileDevice(Device Device, IReadOnlyList<string>? Parents, int Line);

/// <summary>What a file of devices says: the devices that could be read, the fields it speaks of, and what is wrong with the rest.</summary>
/// <param name="Fields">Only these are compared: a file without serial numbers does not say that there are none.</param>
internal sealed record InventoryFile(IReadOnlyList<FileDevice> Devices, IReadOnlySet<string> Fields, IReadOnlyList<FileFault> Faults)
{
    public const string Name = "name";
    public const string Parents = "parents";
    public const int MostBytes = 16 << 20;
    public const int MostDevices = 100_000;

    /// <summary>So many faults are told; a file that is no inventory at all has one in every row.</summary>
    public const int MostFaults = 1000;

    public static InventoryFile Read(ReadOnlySpan<byte> bytes, FileFormat format) =>
        format == FileFormat.Csv ? CsvInventory.Read(Decode(bytes)) : JsonInventory.Read(bytes);

    public static byte[] Write(InventoryContent content, FileFormat format) =>
        format == FileFormat.Csv ? CsvInventory.Write(content) : JsonInventory.Write(content);

    /// <summary>The field a column or member speaks of, by its name or its title; null when there is none.</summary>
    public static string? FieldOf(string text)
    {
        var plain = Plain(text);
        return plain == Name ? Name
            : plain == Parents ? Parents
            : InventoryField.All.FirstOrDefault(field => Plain(field.Name) == plain || Plain(field.Title) == plain)?.Name;
    }

    /// <summary>Why a text cannot be the value of a field; null when it can.</summary>
    public static string? Refuse(string field, string text) =>
        field == Name ? Device.RefuseName(text)
        : InventoryField.Find(field)?.Shape == FieldShape.Address && text.Length > 0 && !IpText.TryParse(text, out _) ? $"'{DeviceFacts.Line(text)}' is not an address"
        : null;

    /// <summary>An address is often written with the length of its network.</summary>
    public static string Tidy(string field, string text) =>
        InventoryField.Find(field)?.Shape == FieldShape.Address && text.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? text[..slash].Trim() : text.Trim();

    private static string Plain(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>UTF-8, with or without a mark; what is none comes from a spreadsheet that writes one byte a letter.</summary>
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
    }
}
