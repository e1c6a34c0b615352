using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Delivery;

/// <summary>Connections to one collector as its options want them: authorities, client certificate, proxy, bounds.</summary>
internal static class CollectorHandler
{
    /// <summary>Throws <see cref="System.Security.Cryptography.CryptographicException"/> or <see cref="IOException"/> when a certificate file is not one.</summary>
    public static SocketsHttpHandler Create(CollectorOptions options) => new()
    {
        // A redirect would carry the token to an address that nobody configured.
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(Math.Min(options.TimeLimit.TotalSeconds, 3)),
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 16 << 10,
        MaxConnectionsPerServer = 1,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        Proxy = options.Proxy is { } proxy ? new WebProxy(proxy) : null,
        UseProxy = options.Proxy is not null,
        SslOptions = TlsOptions(options),
    };

    private static SslClientAuthenticationOptions TlsOptions(CollectorOptions options)
    {
        var tls = new SslClientAuthenticationOptions();
        if (options.CaFile.Length > 0)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(options.CaFile);
        }

        if (options.ClientCertificateFile.Length > 0)
        {
            tls.ClientCertificates = [LoadClientCertificate(options)];
        }

        if (options.InsecureSkipVerify)
        {
            tls.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        }

        return tls;
    }

    private static X509Certificate2 LoadClientCertificate(CollectorOptions options)
    {
        var certificate = X509Certificate2.CreateFromPemFile(options.ClientCertificateFile, options.ClientKeyFile);
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // Windows does TLS in another process, which cannot see a key that lives in this one only.
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
