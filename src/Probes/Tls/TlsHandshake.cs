using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace NocMonitor.Probes.Tls;

/// <summary>
/// One TLS handshake as a client. Sessions are never resumed: a resumed one shows the certificate of the session, not the one the server has now. Used once,
/// by one caller.
/// </summary>
/// <param name="host">The target's host; the server name unless the options give another.</param>
/// <param name="requireGood">False to go on with a certificate that cannot be verified.</param>
internal sealed class TlsHandshake(string host, TlsOptions options, TlsFiles files, bool requireGood, TimeProvider time)
{
    /// <summary>What the server's certificate is worth; null until it has shown one.</summary>
    public CertificateVerdict? Verdict { get; private set; }

    /// <summary>The server's certificates, its own first; a copy of the caller's. Empty until it has shown them.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; private set; } = [];

    /// <summary>True to copy what the server shows into <see cref="Certificates"/>.</summary>
    public bool KeepCertificates { get; init; }

    /// <summary>Secures the stream and takes it over; on failure it is disposed.</summary>
    /// <exception cref="AuthenticationException">The handshake failed or the certificate is not good; the message is fit for a person.</exception>
    public async ValueTask<SslStream> SecureAsync(Stream stream, CancellationToken token)
    {
        var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsClientAsync(ClientOptions(), token);
            return secured;
        }
        catch (AuthenticationException exception)
        {
            await secured.DisposeAsync();
            throw new AuthenticationException(Verdict is { IsGood: false } verdict && requireGood ? $"the certificate is not good: {verdict.Reason}" : Innermost(exception));
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }

    private SslClientAuthenticationOptions ClientOptions() => new()
    {
        TargetHost = options.ServerName ?? host,
        AllowTlsResume = false,
        CertificateChainPolicy = CertificateVerdict.Policy(files.Roots(), time.GetUtcNow()),
        ClientCertificateContext = files.Client(),
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => Judge(certificate as X509Certificate2, chain),
    };

    private bool Judge(X509Certificate2? certificate, X509Chain? chain)
    {
        if (certificate is null || chain is null)
        {
            return false;
        }

        Verdict = CertificateVerdict.Of(certificate, chain, options.ServerName ?? host, time.GetUtcNow());
        if (KeepCertificates)
        {
            Certificates = [Copy(certificate), .. chain.ChainPolicy.ExtraStore.Where(extra => !extra.Equals(certificate)).Select(Copy)];
        }

        return Verdict.IsGood || !requireGood;
    }

    private static X509Certificate2 Copy(X509Certificate2 certificate) => X509CertificateLoader.LoadCertificate(certificate.RawData);

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message;
    }
}
