using System.Globalization;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads <c>enum</c> (word: number) and <c>mapping</c> (number or text: word). Stateless.</summary>
internal static class WordReader
{
    public static SymbolWords? Read(MappingReader reader)
    {
        var numbers = new Dictionary<long, string>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in reader.Map("enum"))
        {
            if (reader.TextOf(member.Node, "enum") is not { } number)
            {
                continue;
            }

            if (TryNumber(number, out var value))
            {
                numbers.TryAdd(value, member.Name.Trim());
            }
            else
            {
                reader.Faults.Error(member.Node.Place, $"'{number}' of {member.Name} is not a number");
            }
        }

        foreach (var member in reader.Map("mapping"))
        {
            if (reader.TextOf(member.Node, "mapping") is not { } word)
            {
                continue;
            }

            if (TryNumber(member.Name, out var value))
            {
                numbers.TryAdd(value, word);
            }
            else
            {
                texts.TryAdd(member.Name, word);
            }
        }

        return numbers.Count + texts.Count > 0 ? new SymbolWords(numbers, texts) : null;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
