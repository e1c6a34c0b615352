using System.Security.Cryptography.X509Certificates;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Tls;

/// <summary>What a certificate says, as fields. None of it is a tag: a renewed certificate is the same series.</summary>
internal static class CertificateFacts
{
    private const int LongestText = 1024;

    /// <param name="point">Takes the fields.</param>
    /// <param name="certificates">The certificate itself and those shown with it.</param>
    /// <param name="verdict">What verifying it came to.</param>
    /// <param name="now">The time to count from.</param>
    public static void Write(Point point, IReadOnlyList<X509Certificate2> certificates, CertificateVerdict verdict, DateTimeOffset now)
    {
        var certificate = certificates[0];
        var end = new DateTimeOffset(certificate.NotAfter);
        var start = new DateTimeOffset(certificate.NotBefore);
        point.Field("expiry", Seconds(end - now)).Field("age", Seconds(now - start))
            .Field("startdate", start.ToUnixTimeSeconds()).Field("enddate", end.ToUnixTimeSeconds())
            .Field("days_left", (end - now).TotalDays)
            .Field("chain_expiry", Seconds(certificates.Min(shown => new DateTimeOffset(shown.NotAfter)) - now));
        WriteVerdict(point, verdict);
        point.Field("self_signed", CertificateVerdict.IsSelfSigned(certificate))
            .Field("subject", Bounded(certificate.Subject)).Field("issuer", Bounded(certificate.Issuer))
            .Field("serial", certificate.SerialNumber.ToLowerInvariant())
            .Field("san", Bounded(string.Join(',', Names(certificate))))
            .Field("signature_algorithm", certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value ?? "");
        WriteKey(point, certificate);
    }

    private static void WriteVerdict(Point point, CertificateVerdict verdict)
    {
        point.Field("chain_valid", verdict.ChainValid).Field("verification_code", verdict.IsGood ? 0 : 1);
        if (verdict.NameMatch is { } match)
        {
            point.Field("name_match", match);
        }

        if (!verdict.IsGood)
        {
            point.Field("verification_error", verdict.Reason);
        }
    }

    private static void WriteKey(Point point, X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ec = certificate.GetECDsaPublicKey();
        var (type, bits) = (rsa, ec, certificate.GetKeyAlgorithm()) switch
        {
            ({ } key, _, _) => ("RSA", key.KeySize),
            (_, { } key, _) => ("ECDSA", key.KeySize),
            (_, _, "1.3.101.112") => ("Ed25519", 256),
            (_, _, "1.3.101.113") => ("Ed448", 456),
            (_, _, "1.2.840.10040.4.1") => ("DSA", 0),
            var (_, _, algorithm) => (algorithm, 0),
        };
        point.Field("key_type", type);
        if (bits > 0)
        {
            point.Field("key_bits", bits);
        }
    }

    private static IEnumerable<string> Names(X509Certificate2 certificate)
    {
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (var name in extension.EnumerateDnsNames())
            {
                yield return name;
            }

            foreach (var address in extension.EnumerateIPAddresses())
            {
                yield return address.ToString();
            }
        }
    }

    private static string Bounded(string text) => text.Length <= LongestText ? text : $"{text.AsSpan(0, LongestText)}…";

    private static long Seconds(TimeSpan span) => (long)Math.Floor(span.TotalSeconds);
}
