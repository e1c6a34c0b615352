using System.Text;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Testing.Snmp;

/// <summary>A synthetic switch: system, ifTable with 22 columns and ifXTable with 19, so many rows each.</summary>
public static class SwitchRecording
{
    private const string Interfaces = "1.3.6.1.2.1.2.2.1";
    private const string Extended = "1.3.6.1.2.1.31.1.1.1";

    // The SMI types of the columns 1 to 22 and 1 to 19: i integer, s text, g gauge, c Counter32, t time ticks, x six octets, o identifier, l Counter64.
    private const string InterfaceTypes = "isiigxiitcccccccccccgo";
    private const string ExtendedTypes = "scccclllllllligisti";

    public static SnmpRecording Of(int ports)
    {
        var text = new StringBuilder("1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1.1\n1.3.6.1.2.1.1.3.0|67|4200\n1.3.6.1.2.1.1.5.0|4|switch\n");
        text.Append("1.3.6.1.2.1.1.1.0|4|A synthetic switch\n1.3.6.1.2.1.2.1.0|2|").Append(ports).Append('\n');
        Append(text, Interfaces, InterfaceTypes, ports);
        Append(text, Extended, ExtendedTypes, ports);
        return SnmpRecording.Parse(text.ToString());
    }

    /// <summary>The columns of ifTable, then those of ifXTable.</summary>
    public static IReadOnlyList<Oid> Columns(bool extended = true) =>
    [
        .. Enumerable.Range(1, InterfaceTypes.Length).Select(column => Oid.Parse($"{Interfaces}.{column}")),
        .. Enumerable.Range(1, extended ? ExtendedTypes.Length : 0).Select(column => Oid.Parse($"{Extended}.{column}")),
    ];

    /// <summary>What a walk of <see cref="Columns"/> finds, a line a value: column:index=value.</summary>
    public static IEnumerable<string> Rows(int ports, bool extended = true)
    {
        var types = extended ? InterfaceTypes + ExtendedTypes : InterfaceTypes;
        for (var column = 0; column < types.Length; column++)
        {
            for (var port = 1; port <= ports; port++)
            {
                yield return $"{column}:{port}={Shown(types[column], Number(column, port), port)}";
            }
        }
    }

    private static void Append(StringBuilder text, string entry, string types, int ports)
    {
        var offset = entry == Interfaces ? 0 : InterfaceTypes.Length;
        for (var column = 0; column < types.Length; column++)
        {
            for (var port = 1; port <= ports; port++)
            {
                var number = Number(column + offset, port);
                text.Append(entry).Append('.').Append(column + 1).Append('.').Append(port).Append(types[column] switch
                {
                    'i' => $"|2|{number}",
                    's' => $"|4|Gi0/{port}",
                    'g' => $"|66|{number}",
                    'c' => $"|65|{number}",
                    't' => $"|67|{number}",
                    'x' => $"|4x|0200000000{port:x2}",
                    'o' => "|6|0.0",
                    _ => $"|70|{number * 1_000_003UL}",
                }).Append('\n');
            }
        }
    }

    private static string Shown(char type, uint number, int port) => type switch
    {
        's' => $"Gi0/{port}",
        'x' => $"02:00:00:00:00:{port:x2}",
        'o' => "0.0",
        'l' => $"{number * 1_000_003UL}",
        _ => $"{number}",
    };

    private static uint Number(int column, int port) => column == 0 ? (uint)port : (uint)((column * 1_000_000) + (port * 7919));
}
