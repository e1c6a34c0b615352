using System.Net.Security;

namespace NocMonitor.Collector.Hosting;

/// <summary>
/// The certificate in force, with its chain. A reload exchanges it: connections that are open keep theirs, new ones get the new one. Read by any
/// thread.
/// </summary>
internal sealed class ServerCertificates
{
    private volatile SslStreamCertificateContext? _current;

    /// <summary>Null when no certificate is configured.</summary>
    public SslStreamCertificateContext? Current => _current;

    /// <summary>Takes up the certificate of the options; on failure the one in force stays.</summary>
    /// <returns>Why it cannot be taken; null when it was.</returns>
    public string? Replace(TlsOptions options)
    {
        if (options.CertificateFile is null)
        {
            return null;
        }

        if (!options.TryLoad(out var certificate, out var chain, out var reason))
        {
            return $"the certificate {options.CertificateFile} {reason}";
        }

        _current = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        return null;
    }
}
