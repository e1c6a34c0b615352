using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace NocMonitor.Probes.Tls;

/// <summary>What verifying a certificate came to.</summary>
/// <param name="ChainValid">It leads to a trusted authority and every certificate on the way is in its time and fit for the use.</param>
/// <param name="NameMatch">It bears the expected name; null when none is expected.</param>
/// <param name="Reason">What is wrong in words; empty when nothing is.</param>
internal sealed record CertificateVerdict(bool ChainValid, bool? NameMatch, string Reason)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public bool IsGood => ChainValid && NameMatch is not false;

    /// <summary>
    /// How chains are built: at the given time, without asking the network for anything (neither missing certificates nor revocation lists), trusting the given
    /// authorities or else the system's.
    /// </summary>
    public static X509ChainPolicy Policy(X509Certificate2Collection? roots, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.LocalDateTime,
        };
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ServerAuthentication));
        if (roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    /// <summary>The verdict on a certificate whose chain was built by <see cref="Policy"/>.</summary>
    public static CertificateVerdict Of(X509Certificate2 certificate, X509Chain chain, string? expectedName, DateTimeOffset now)
    {
        var reasons = chain.ChainStatus.Select(status => status.Status).Distinct().Select(status => Describe(status, certificate, now)).Distinct().ToList();
        var chainValid = reasons.Count == 0;
        bool? nameMatch = expectedName is null ? null : Bears(certificate, expectedName);
        if (nameMatch is false)
        {
            reasons.Add($"it does not bear the name {expectedName}");
        }

        return new CertificateVerdict(chainValid, nameMatch, string.Join("; ", reasons));
    }

    public static bool IsSelfSigned(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool Bears(X509Certificate2 certificate, string name) =>
        (System.Net.IPAddress.TryParse(name, out _) || Uri.CheckHostName(name) == UriHostNameType.Dns) && certificate.MatchesHostname(name);

    private static string Describe(X509ChainStatusFlags status, X509Certificate2 certificate, DateTimeOffset now) => status switch
    {
        X509ChainStatusFlags.NotTimeValid when now > certificate.NotAfter => $"it expired on {Day(certificate.NotAfter)}",
        X509ChainStatusFlags.NotTimeValid when now < certificate.NotBefore => $"it is not valid before {Day(certificate.NotBefore)}",
        X509ChainStatusFlags.NotTimeValid => "an authority's certificate in its chain is out of its time",
        X509ChainStatusFlags.UntrustedRoot when IsSelfSigned(certificate) => "it is self-signed and not trusted",
        X509ChainStatusFlags.UntrustedRoot => "its authority is not trusted",
        X509ChainStatusFlags.PartialChain when IsSelfSigned(certificate) => "it is self-signed and not trusted",
        X509ChainStatusFlags.PartialChain => "a certificate between it and a trusted authority is missing",
        X509ChainStatusFlags.NotValidForUsage => "it is not made for servers",
        X509ChainStatusFlags.NotSignatureValid => "a signature in its chain is wrong",
        _ => status.ToString(),
    };

    private static string Day(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
