using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Discovery;

/// <summary>What every device answers about itself: the system group (RFC 3418), and where it speaks LLDP (IEEE 802.1AB) its chassis id.</summary>
internal sealed record SystemObjects(Oid ObjectId, string Description, IReadOnlyDictionary<string, string> Facts)
{
    private const int MacSubtype = 4;
    private const int AddressSubtype = 5;

    public static IReadOnlyList<Oid> Names { get; } =
    [
        Oid.Parse("1.3.6.1.2.1.1.2.0"),
        Oid.Parse("1.3.6.1.2.1.1.1.0"),
        Oid.Parse("1.3.6.1.2.1.1.5.0"),
        Oid.Parse("1.3.6.1.2.1.1.6.0"),
        Oid.Parse("1.3.6.1.2.1.1.4.0"),
        Oid.Parse("1.0.8802.1.1.2.1.3.1.0"),
        Oid.Parse("1.0.8802.1.1.2.1.3.2.0"),
    ];

    public static SystemObjects Of(IReadOnlyList<SnmpValue> values)
    {
        var objectId = values[0].TryGetOid(out var oid) ? oid : default;
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("objectId", objectId.IsEmpty ? "" : objectId.ToString());
        Add("description", Text(values[1]));
        Add("sysName", Text(values[2]));
        Add("location", Text(values[3]));
        Add("contact", Text(values[4]));
        Add("chassisId", ChassisId(values[5], values[6]));
        return new SystemObjects(objectId, Text(values[1]), facts);

        void Add(string name, string text)
        {
            if (text.Length > 0)
            {
                facts.Add(name, text);
            }
        }
    }

    public static string Text(SnmpValue value) => value.Type == SnmpType.OctetString ? OctetText.ToText(value.Bytes).Trim() : "";

    /// <summary>LldpChassisId: what the octets are says the subtype beside them.</summary>
    private static string ChassisId(SnmpValue subtype, SnmpValue id) =>
        id.Type != SnmpType.OctetString || id.Bytes.IsEmpty ? ""
        : !subtype.TryGetInt64(out var kind) ? OctetText.ToText(id.Bytes).Trim()
        : kind switch
        {
            MacSubtype => OctetText.ToHex(id.Bytes),

            // The first octet is the family of the address, as IANA numbers them.
            AddressSubtype when id.Bytes.Length is 5 or 17 => new System.Net.IPAddress(id.Bytes[1..]).ToString(),
            _ => OctetText.ToText(id.Bytes).Trim(),
        };
}
