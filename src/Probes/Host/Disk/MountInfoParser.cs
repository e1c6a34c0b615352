using System.Text;

namespace NocMonitor.Probes.Host.Disk;

/// <summary>
/// Reads /proc/PID/mountinfo (proc(5)): <c>36 35 98:0 /root /path rw,noatime master:1 - ext3 /dev/sda1 rw,errors=continue</c>, fields separated by exactly one
/// blank, blanks inside them written as octal escapes. A line that is not of that form is passed over.
/// </summary>
internal static class MountInfoParser
{
    public static List<Mount> Parse(ReadOnlySpan<byte> text)
    {
        var mounts = new List<Mount>();
        var lines = new TextCursor(text);
        while (lines.TryLine(out var line))
        {
            if (ParseLine(line) is { } mount)
            {
                mounts.Add(mount);
            }
        }

        return mounts;
    }

    private static Mount? ParseLine(ReadOnlySpan<byte> line)
    {
        if (!TryNumber(ref line, out var id) || !TryNumber(ref line, out var parent)
            || !TryField(ref line, out var device) || !TryField(ref line, out var root)
            || !TryField(ref line, out var path) || path.IsEmpty || !TryField(ref line, out var options)
            || !TrySeparator(ref line) || !TryField(ref line, out var type) || type.IsEmpty || !TryField(ref line, out var source))
        {
            return null;
        }

        byte[] rawPath = [.. Unescape(path), 0];
        if (Array.IndexOf(rawPath, (byte)0) < rawPath.Length - 1)
        {
            return null;
        }

        return new Mount
        {
            Id = id,
            ParentId = parent,
            DeviceNumber = Encoding.ASCII.GetString(device),
            Root = Encoding.UTF8.GetString(Unescape(root)),
            Path = Encoding.UTF8.GetString(rawPath.AsSpan(..^1)),
            RawPath = rawPath,
            Type = Encoding.UTF8.GetString(Unescape(type)),
            Device = DeviceName(Encoding.UTF8.GetString(Unescape(source))),
            IsReadOnly = HasReadOnly(options) || HasReadOnly(line),
        };
    }

    /// <summary>Backslash and three octal digits stand for one byte; anything else stands for itself.</summary>
    internal static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        var output = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && IsOctal(text[i + 1], '3') && IsOctal(text[i + 2], '7') && IsOctal(text[i + 3], '7'))
            {
                output[length++] = (byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0'));
                i += 3;
            }
            else
            {
                output[length++] = text[i];
            }
        }

        return output[..length];
    }

    private static bool IsOctal(byte digit, char highest) => digit >= '0' && digit <= highest;

    private static string DeviceName(string source) => source.StartsWith("/dev/", StringComparison.Ordinal) ? source["/dev/".Length..] : source;

    private static bool HasReadOnly(ReadOnlySpan<byte> options)
    {
        foreach (var range in options.Split((byte)','))
        {
            if (options[range].SequenceEqual("ro"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Passes over the optional fields, such as master:1, up to the dash that ends them.</summary>
    private static bool TrySeparator(ref ReadOnlySpan<byte> line)
    {
        while (TryField(ref line, out var field))
        {
            if (field.SequenceEqual("-"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> line, out int number)
    {
        number = 0;
        if (!TryField(ref line, out var field) || !TextCursor.IsNumber(field, out var value) || value > int.MaxValue)
        {
            return false;
        }

        number = (int)value;
        return true;
    }

    private static bool TryField(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> field)
    {
        var blank = line.IndexOf((byte)' ');
        field = blank < 0 ? default : line[..blank];
        line = blank < 0 ? default : line[(blank + 1)..];
        return blank >= 0;
    }
}
