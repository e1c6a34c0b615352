namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// The counters that a report names to say what was wrong with a message: usmStats (RFC 3414 section 5), snmpMPDStats (RFC 3412 section 5) and the two of
/// the target MIB (RFC 3413 section 4.1.2).
/// </summary>
internal static class UsmReport
{
    public static readonly Oid UnsupportedSecLevels = Oid.Parse("1.3.6.1.6.3.15.1.1.1.0");
    public static readonly Oid NotInTimeWindows = Oid.Parse("1.3.6.1.6.3.15.1.1.2.0");
    public static readonly Oid UnknownUserNames = Oid.Parse("1.3.6.1.6.3.15.1.1.3.0");
    public static readonly Oid UnknownEngineIds = Oid.Parse("1.3.6.1.6.3.15.1.1.4.0");
    public static readonly Oid WrongDigests = Oid.Parse("1.3.6.1.6.3.15.1.1.5.0");
    public static readonly Oid DecryptionErrors = Oid.Parse("1.3.6.1.6.3.15.1.1.6.0");
    public static readonly Oid UnavailableContexts = Oid.Parse("1.3.6.1.6.3.12.1.4.0");
    public static readonly Oid UnknownContexts = Oid.Parse("1.3.6.1.6.3.12.1.5.0");

    private static readonly (Oid Counter, SnmpOpening Meaning)[] Meanings =
    [
        (UnknownEngineIds, SnmpOpening.WrongEngine),
        (NotInTimeWindows, SnmpOpening.NotInTimeWindow),
        (UnsupportedSecLevels, SnmpOpening.UnsupportedSecurityLevel),
        (UnknownUserNames, SnmpOpening.UnknownUser),
        (WrongDigests, SnmpOpening.DigestRefused),
        (DecryptionErrors, SnmpOpening.DecryptionRefused),
        (UnknownContexts, SnmpOpening.UnknownContext),
        (UnavailableContexts, SnmpOpening.UnavailableContext),
    ];

    /// <summary>What a report means: <see cref="SnmpOpening.WrongEngine"/> and <see cref="SnmpOpening.NotInTimeWindow"/> can be mended, the others cannot.</summary>
    public static SnmpOpening MeaningOf(in Pdu report)
    {
        var varbinds = report.Varbinds;
        if (!varbinds.MoveNext())
        {
            return SnmpOpening.RefusedOtherwise;
        }

        foreach (var (counter, meaning) in Meanings)
        {
            // Some devices leave out the instance, the closing zero.
            if (varbinds.Current.Name.SequenceEqual(counter.Encoded) || varbinds.Current.Name.SequenceEqual(counter.Encoded[..^1]))
            {
                return meaning;
            }
        }

        return SnmpOpening.RefusedOtherwise;
    }
}
