using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NocMonitor.Probes.Tls;

/// <summary>
/// The certificates that TLS options name, read again when a file has changed: a renewed client certificate is used from the next attempt on. A file that has
/// become unreadable leaves the last good certificates in use. One object a probe; safe for concurrent use, one lock guards what is loaded.
/// </summary>
internal sealed class TlsFiles(TlsOptions options)
{
    private readonly Lock _lock = new();
    private (DateTime Stamp, X509Certificate2Collection Roots)? _roots;
    private (DateTime Stamp, SslStreamCertificateContext Context)? _client;

    /// <summary>The authorities to trust; null for the system's.</summary>
    public X509Certificate2Collection? Roots()
    {
        lock (_lock)
        {
            return options.CaFile is null ? null : RefreshLocked(ref _roots, Stamp(options.CaFile), () => CertificateFile.Load(options.CaFile));
        }
    }

    /// <summary>The client's certificate with its key and chain; null for none.</summary>
    public SslStreamCertificateContext? Client()
    {
        lock (_lock)
        {
            return options.ClientCertificateFile is not { } file ? null
                : RefreshLocked(ref _client, Newest(Stamp(file), Stamp(options.ClientKeyFile ?? file)), () => LoadClient(file, options.ClientKeyFile));
        }
    }

    /// <summary>The options whose files cannot be used, and why.</summary>
    public static IEnumerable<(string Option, string Error)> Check(TlsOptions options)
    {
        var files = new TlsFiles(options);
        if (Try(files.Roots) is { } roots)
        {
            yield return ("CaFile", roots);
        }

        if (Try(files.Client) is { } client)
        {
            yield return ("ClientCertificateFile", client);
        }
    }

    private static string? Try<T>(Func<T> load)
    {
        try
        {
            load();
            return null;
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            return $"cannot be used: {exception.Message}";
        }
    }

    private static T RefreshLocked<T>(ref (DateTime Stamp, T Value)? known, DateTime stamp, Func<T> load)
        where T : class
    {
        if (known is null || known.Value.Stamp != stamp)
        {
            try
            {
                known = (stamp, load());
            }
            catch (Exception exception) when (known is not null && IsUnusable(exception))
            {
                // Half written, or gone for a moment: the last good one stays in use and the next attempt looks again.
                return known.Value.Value;
            }
        }

        return known.Value.Value;
    }

    private static bool IsUnusable(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or InvalidDataException;

    private static DateTime Stamp(string file) => File.GetLastWriteTimeUtc(file);

    private static DateTime Newest(DateTime one, DateTime other) => one > other ? one : other;

    private static SslStreamCertificateContext LoadClient(string certificateFile, string? keyFile)
    {
        var chain = CertificateFile.Load(certificateFile);
        var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile ?? certificateFile);
        if (OperatingSystem.IsWindows())
        {
            // Windows' TLS cannot use a key that lives in memory only.
            using var ephemeral = certificate;
            certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null);
        }

        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
