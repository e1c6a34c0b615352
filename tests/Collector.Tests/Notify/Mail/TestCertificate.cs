using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NocMonitor.Collector.Tests.Notify.Mail;

/// <summary>A self-signed certificate for localhost and 127.0.0.1, made anew.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Create(string name = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Sign(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256), name);
    }

    private static X509Certificate2 Sign(CertificateRequest request, string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }
}
