using System.Text;

namespace NocMonitor.Agent.Delivery;

/// <summary>Makes foreign bytes fit for a log line: one line, no control characters.</summary>
internal static class PlainText
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(bytes));
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                text[i] = ' ';
            }
        }

        return text.ToString().Trim();
    }
}
