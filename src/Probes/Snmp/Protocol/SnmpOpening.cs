namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>What became of a datagram that should answer a request.</summary>
public enum SnmpOpening
{
    /// <summary>It is the answer.</summary>
    Answer,

    /// <summary>
    /// It is a report that taught the codec the device's engine id, boots or time (RFC 3414 section 4): the same request is to be written and sent again
    /// at once, which is not a retry. At most <see cref="SnmpCodec.MostResyncs"/> times a request.
    /// </summary>
    Resend,

    // Dropped: not from the device as it is known, or damaged. The request waits on.
    Malformed,
    WrongVersion,
    NotAnAnswer,
    WrongEngine,
    WrongUser,
    WrongSecurityLevel,
    WrongDigest,
    NotInTimeWindow,
    CannotDecrypt,

    // The device refuses the request: asking again the same way is in vain.
    UnsupportedSecurityLevel,
    UnknownUser,
    DigestRefused,
    DecryptionRefused,
    UnknownContext,
    UnavailableContext,
    RefusedOtherwise,
}

public static class SnmpOpenings
{
    /// <summary>True when the device answered that it does not want to answer.</summary>
    public static bool IsRefusal(this SnmpOpening opening) => opening >= SnmpOpening.UnsupportedSecurityLevel;

    /// <summary>The reason for a field <c>error</c>; empty for an answer.</summary>
    public static string InWords(this SnmpOpening opening) => opening switch
    {
        SnmpOpening.Answer => "",
        SnmpOpening.Resend => "the device asks for another engine id or time again and again",
        SnmpOpening.Malformed => "the answer is malformed",
        SnmpOpening.WrongVersion => "the answer is of another SNMP version",
        SnmpOpening.NotAnAnswer => "what came is no answer",
        SnmpOpening.WrongEngine => "the answer comes from another engine id",
        SnmpOpening.WrongUser => "the answer is for another user",
        SnmpOpening.WrongSecurityLevel => "the answer has another security level",
        SnmpOpening.WrongDigest => "the answer's digest is wrong",
        SnmpOpening.NotInTimeWindow => "the answer is outside the time window",
        SnmpOpening.CannotDecrypt => "the answer cannot be decrypted",
        SnmpOpening.UnsupportedSecurityLevel => "the device does not allow this user the security level",
        SnmpOpening.UnknownUser => "the device does not know the user",
        SnmpOpening.DigestRefused => "the device refuses the digest: wrong password or authentication protocol",
        SnmpOpening.DecryptionRefused => "the device cannot decrypt: wrong password or privacy protocol",
        SnmpOpening.UnknownContext => "the device does not know the context",
        SnmpOpening.UnavailableContext => "the context is not available on the device",
        _ => "the device refuses the request by a report",
    };
}
