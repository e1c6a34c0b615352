using System.Buffers;
using System.Globalization;
using System.Text;

namespace NocMonitor.Probes.Tcp;

/// <summary>Text to send or await as the configuration writes it: UTF-8 with the escapes <c>\r \n \t \0 \\</c> and <c>\xHH</c> for any one byte.</summary>
internal static class EscapedText
{
    public static bool TryParse(string text, out byte[] bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        var rest = text.AsSpan();
        while (rest.IndexOf('\\') is var backslash and >= 0)
        {
            Encoding.UTF8.GetBytes(rest[..backslash], output);
            var length = Unescape(rest[(backslash + 1)..], out var value);
            if (length == 0)
            {
                bytes = [];
                return false;
            }

            output.Write([value]);
            rest = rest[(backslash + 1 + length)..];
        }

        Encoding.UTF8.GetBytes(rest, output);
        bytes = output.WrittenSpan.ToArray();
        return true;
    }

    /// <returns>How many characters after the backslash belong to the escape; 0 when it is none.</returns>
    private static int Unescape(ReadOnlySpan<char> escape, out byte value)
    {
        value = escape switch
        {
            ['r', ..] => (byte)'\r',
            ['n', ..] => (byte)'\n',
            ['t', ..] => (byte)'\t',
            ['\\', ..] => (byte)'\\',
            _ => 0,
        };
        if (value != 0 || escape is ['0', ..])
        {
            return 1;
        }

        return escape is ['x', _, _, ..]
            && byte.TryParse(escape[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) ? 3 : 0;
    }
}
