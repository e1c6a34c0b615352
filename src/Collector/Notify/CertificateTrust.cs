using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NocMonitor.Collector.Notify;

/// <summary>Verification of a server against authorities from a PEM file. There is no way to turn verification off.</summary>
internal static class CertificateTrust
{
    public static bool TryLoad(string file, out X509Certificate2Collection authorities, out string reason)
    {
        authorities = [];
        try
        {
            authorities.ImportFromPemFile(file);
            reason = authorities.Count == 0 ? "holds no certificate" : "";
            return authorities.Count > 0;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            reason = $"cannot be read: {exception.Message}";
            return false;
        }
    }

    /// <summary>Why a handshake failed, in words: the framework often says only that the reason lies deeper.</summary>
    public static string InWords(AuthenticationException exception) =>
        exception.InnerException is { } inner ? $"TLS failed: {inner.InnerException?.Message ?? inner.Message}" : $"TLS failed: {exception.Message}";

    /// <summary>Client settings that trust the file's authorities only, or the system's without a file.</summary>
    public static SslClientAuthenticationOptions ClientOptions(string? caFile)
    {
        var options = new SslClientAuthenticationOptions();
        if (caFile is not null && TryLoad(caFile, out var authorities, out _))
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return options;
    }
}
