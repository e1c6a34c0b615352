using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NocMonitor.Testing;

/// <summary>A certificate authority that exists for one test: issues certificates for any name, time and key, and writes them to files.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority(string name = "Test authority") =>
        Certificate = AuthorityRequest(name).CreateSelfSigned(Now - (400 * Day), Now + (400 * Day));

    private TestAuthority(string name, TestAuthority parent, double days)
    {
        using var signed = AuthorityRequest(name).Create(parent.Certificate.SubjectName, parent.Signer, Now - (300 * Day), Now + (days * Day), Serial());
        Certificate = signed.CopyWithPrivateKey(_key);
    }

    /// <summary>The authority's own certificate.</summary>
    public X509Certificate2 Certificate { get; }

    private X509SignatureGenerator Signer => X509SignatureGenerator.CreateForECDsa(_key);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A server certificate for names or addresses, valid for so many days from now on; less than 0 has expired.</summary>
    public X509Certificate2 Issue(string name, double days = 90, AsymmetricAlgorithm? key = null)
    {
        using var own = key is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        var request = Request(name, key ?? own!);
        using var signed = request.Create(Certificate.SubjectName, Signer, Now - (300 * Day), Now + (days * Day), Serial());
        return WithKey(signed, key ?? own!);
    }

    /// <summary>An authority below this one.</summary>
    public TestAuthority Subordinate(string name, double days) => new(name, this, days);

    /// <summary>A certificate that signs itself.</summary>
    public static X509Certificate2 SelfSigned(string name, double days = 90)
    {
        using var key = RSA.Create(2048);
        using var signed = Request(name, key).CreateSelfSigned(Now - (300 * Day), Now + (days * Day));
        return WithKey(signed, key);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private CertificateRequest AuthorityRequest(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request;
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(8);
        serial[0] = (byte)((serial[0] & 0x7f) | 1);
        return serial;
    }

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        return request;
    }

    /// <summary>Through PKCS 12, because not every platform's TLS can use a key that was never in a store.</summary>
    private static X509Certificate2 WithKey(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        using var whole = certificate.HasPrivateKey ? new X509Certificate2(certificate)
            : key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
