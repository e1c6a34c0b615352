using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Delivery;

/// <summary>An authority of a test's own and certificates that it signed, as objects and as PEM files.</summary>
internal sealed class SomeCertificates : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _authority;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public SomeCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(_now.AddDays(-1), _now.AddDays(10));
        CaFile = _folder.Write("ca.pem", _authority.ExportCertificatePem());
    }

    public string CaFile { get; }

    public X509Certificate2 Server(string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign("CN=server", key, names.Build());
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Files of a client certificate and its key.</summary>
    public (string Certificate, string Key) Client(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign($"CN={subject}", key, null);
        return (_folder.Write("client.pem", certificate.ExportCertificatePem()), _folder.Write("client.key", key.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private X509Certificate2 Sign(string subject, ECDsa key, X509Extension? extension)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (extension is not null)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.Create(_authority, _now.AddDays(-1), _now.AddDays(9), Guid.NewGuid().ToByteArray());
    }
}
