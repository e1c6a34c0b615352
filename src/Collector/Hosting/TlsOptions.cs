using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Hosting;

/// <summary>The certificate of https addresses: a PEM pair, or a PKCS #12 file with both.</summary>
internal sealed record TlsOptions
{
    /// <summary>A PEM file with the certificate and its chain, or a <c>.pfx</c>/<c>.p12</c> file with the key in it.</summary>
    public required string? CertificateFile { get; init; }

    /// <summary>A PEM file with the private key; not needed for PKCS #12.</summary>
    public required string? KeyFile { get; init; }

    /// <summary>The password of the key or of the PKCS #12 file.</summary>
    public required Secret? KeyPassword { get; init; }

    public static TlsOptions Read(OptionReader reader)
    {
        var options = new TlsOptions
        {
            CertificateFile = reader.OptionalText("CertificateFile", "A PEM file with certificate and chain, or a .pfx or .p12 file with the key in it."),
            KeyFile = reader.OptionalText("KeyFile", "A PEM file with the private key; not needed for .pfx and .p12."),
            KeyPassword = reader.Secret("KeyPassword", "The password of the private key, where it has one."),
        };
        if (options.CertificateFile is not null && !options.TryLoad(out _, out _, out var reason))
        {
            reader.Fail("CertificateFile", reason);
        }

        return options;
    }

    /// <summary>Loads the certificate with its key, and the further certificates of a PEM file as the chain to send.</summary>
    public bool TryLoad(out X509Certificate2 certificate, out X509Certificate2Collection chain, out string reason)
    {
        chain = [];
        try
        {
            certificate = IsPkcs12 ? LoadPkcs12() : LoadPem(chain);
            reason = certificate.HasPrivateKey ? "" : "holds no private key";
            return certificate.HasPrivateKey;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            certificate = null!;
            reason = $"cannot be loaded: {exception.Message}";
            return false;
        }
    }

    private bool IsPkcs12 => Path.GetExtension(CertificateFile)?.ToUpperInvariant() is ".PFX" or ".P12";

    private X509Certificate2 LoadPkcs12() => X509CertificateLoader.LoadPkcs12FromFile(CertificateFile!, KeyPassword?.Reveal());

    private X509Certificate2 LoadPem(X509Certificate2Collection chain)
    {
        chain.ImportFromPemFile(CertificateFile!);
        return KeyPassword is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(CertificateFile!, password.Reveal(), KeyFile)
            : X509Certificate2.CreateFromPemFile(CertificateFile!, KeyFile);
    }
}
