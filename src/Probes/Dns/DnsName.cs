using System.Globalization;
using System.Text;

namespace NocMonitor.Probes.Dns;

/// <summary>
/// Domain names (RFC 1035 sections 3.1 and 4.1.4). On the wire a name is a run of labels, each a length and so many bytes, closed by a zero; it is 255
/// bytes long at most. In a message the rest of a name may be a pointer to an earlier one.
/// </summary>
internal static class DnsName
{
    public const int LongestWire = 255;
    private const int LongestLabel = 63;

    /// <summary>Writes a name as a person writes it, with or without the closing dot; <c>.</c> is the root.</summary>
    public static bool TryWrite(string name, Span<byte> wire, out int length)
    {
        length = 0;
        var rest = name.AsSpan();
        if (rest.EndsWith("."))
        {
            rest = rest[..^1];
        }

        foreach (var range in rest.Split('.'))
        {
            var label = rest[range];
            if ((label.IsEmpty && name != ".") || label.Length > LongestLabel || length + label.Length + 2 > LongestWire || !Ascii.IsValid(label))
            {
                return false;
            }

            if (!label.IsEmpty)
            {
                wire[length] = (byte)label.Length;
                Encoding.ASCII.GetBytes(label, wire[(length + 1)..]);
                length += label.Length + 1;
            }
        }

        wire[length++] = 0;
        return name.Length > 0;
    }

    /// <summary>
    /// Reads a name from a message and leaves the position behind it. A pointer must point before the labels that led to it, so that no chain of
    /// them can turn in a circle.
    /// </summary>
    /// <param name="wire">Room for <see cref="LongestWire"/> bytes; the name without pointers.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, Span<byte> wire, out int length)
    {
        length = 0;
        var at = position;
        var limit = position;
        var end = -1;
        while (at < message.Length)
        {
            int size = message[at];
            if (size > LongestLabel)
            {
                if (size < 0xC0 || at + 1 >= message.Length)
                {
                    return false;
                }

                end = end < 0 ? at + 2 : end;
                at = ((size & 0x3F) << 8) | message[at + 1];
                if (at >= limit)
                {
                    return false;
                }

                limit = at;
                continue;
            }

            if (at + 1 + size > message.Length || length + 1 + size > LongestWire)
            {
                return false;
            }

            message.Slice(at, 1 + size).CopyTo(wire[length..]);
            length += 1 + size;
            at += 1 + size;
            if (size == 0)
            {
                position = end < 0 ? at : end;
                return true;
            }
        }

        return false;
    }

    /// <summary>Steps over a name without following its pointer.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> message, ref int position)
    {
        while (position < message.Length)
        {
            int size = message[position];
            if (size >= 0xC0)
            {
                position += 2;
                return position <= message.Length;
            }

            position += 1 + size;
            if (size is 0 or > LongestLabel)
            {
                return size == 0;
            }
        }

        return false;
    }

    /// <summary>Two names without pointers are the same, upper and lower case ASCII letters alike (RFC 4343).</summary>
    public static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (Lower(left[i]) != Lower(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The name without its closing dot; what would read as something else is written <c>\DDD</c>.</summary>
    public static string ToText(ReadOnlySpan<byte> wire)
    {
        var text = new StringBuilder();
        for (var at = 0; at < wire.Length && wire[at] != 0; at += 1 + wire[at])
        {
            if (text.Length > 0)
            {
                text.Append('.');
            }

            AppendText(text, wire.Slice(at + 1, wire[at]), ".\\");
        }

        return text.Length == 0 ? "." : text.ToString();
    }

    public static void AppendText(StringBuilder text, ReadOnlySpan<byte> bytes, string special)
    {
        foreach (var value in bytes)
        {
            if (value is < 0x20 or > 0x7E)
            {
                text.Append(CultureInfo.InvariantCulture, $"\\{value:D3}");
            }
            else
            {
                text.Append(special.Contains((char)value) ? "\\" : "").Append((char)value);
            }
        }
    }

    // Length bytes are below the letters, so that folding them too does no harm.
    private static int Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? value | 0x20 : value;
}
