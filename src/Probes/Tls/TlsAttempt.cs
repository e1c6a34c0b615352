using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Files;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Tls;

/// <summary>One look at one certificate. Whatever can be seen of it is reported, good or not. Used once, by one caller.</summary>
internal sealed class TlsAttempt(TlsTarget target, TlsProbeOptions options, TlsFiles files, ProbeContext context)
{
    private string _phase = "resolve";
    private IReadOnlyList<X509Certificate2> _certificates = [];
    private CertificateVerdict? _verdict;
    private TlsHandshake? _handshake;
    private string? _version;

    /// <summary>Looks and writes what was found into the point.</summary>
    public async ValueTask<Point> RunAsync(Point point, CancellationToken token)
    {
        var started = context.Time.GetTimestamp();
        var failure = await FailureAsync(token);
        point.Field("response_time", context.Time.GetElapsedTime(started).TotalSeconds);
        var certificates = _handshake?.Certificates ?? _certificates;
        var verdict = _handshake?.Verdict ?? _verdict;
        if (certificates.Count > 0 && verdict is not null)
        {
            CertificateFacts.Write(point, certificates, verdict, context.Time.GetUtcNow());
        }

        foreach (var certificate in certificates)
        {
            certificate.Dispose();
        }

        if (_version is not null)
        {
            point.Field("tls_version", _version);
        }

        return (failure ?? Judge(verdict)).WriteTo(point);
    }

    private AttemptOutcome Judge(CertificateVerdict? verdict) => verdict switch
    {
        null => AttemptOutcome.Failed(ResultCode.TlsFailed, "the server shows no certificate"),
        { IsGood: false } when options.Verify => AttemptOutcome.Failed(ResultCode.TlsFailed, $"the certificate is not good: {verdict.Reason}"),
        _ => AttemptOutcome.Success,
    };

    /// <summary>Null when the certificate was seen.</summary>
    private async ValueTask<AttemptOutcome?> FailureAsync(CancellationToken token)
    {
        try
        {
            return target.Service == TlsService.File ? await ReadFileAsync(token) : await AskServerAsync(token);
        }
        catch (SocketException exception)
        {
            return InPhase(AttemptOutcome.Of(exception));
        }
        catch (IOException exception) when (target.Service != TlsService.File)
        {
            return InPhase(exception.InnerException is SocketException socket
                ? AttemptOutcome.Of(socket)
                : AttemptOutcome.Failed(ResultCode.ConnectionFailed, "connection closed"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return AttemptOutcome.Failed(ResultCode.ProbeFailed, exception.Message);
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidDataException)
        {
            return AttemptOutcome.Failed(ResultCode.Mismatch, $"no certificate can be read: {exception.Message}");
        }
        catch (AuthenticationException exception)
        {
            return InPhase(AttemptOutcome.Failed(ResultCode.TlsFailed, exception.Message));
        }
        catch (OperationCanceledException)
        {
            return InPhase(AttemptOutcome.Failed(ResultCode.Timeout, "no answer in time"));
        }
    }

    private AttemptOutcome InPhase(AttemptOutcome outcome) => outcome with { Reason = $"{_phase}: {outcome.Reason}" };

    private async ValueTask<AttemptOutcome?> AskServerAsync(CancellationToken token)
    {
        // Half the attempt's time, so that a dead resolver leaves some for the last known addresses.
        var lookup = await context.Names.FindAsync(target.Address.Host, options.Family, options.Targets.Timeout / 2, token);
        if (!lookup.Found)
        {
            return AttemptOutcome.Failed(ResultCode.NameNotResolved, lookup.Error);
        }

        _phase = "connect";
        var socket = await TargetSocket.ConnectAsync(lookup.Addresses, target.Address.Port, options.Targets.Timeout, context.Time, token);
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        _phase = "STARTTLS";
        if (await StartTls.RunAsync(target.Service, stream, token) is { } refused)
        {
            return AttemptOutcome.Failed(ResultCode.Mismatch, refused);
        }

        _phase = "TLS";
        _handshake = new TlsHandshake(target.Address.Host, options.Tls, files, requireGood: false, context.Time) { KeepCertificates = true };
        await using var secured = await _handshake.SecureAsync(stream, token);
        _version = secured.SslProtocol switch
        {
            SslProtocols.Tls13 => "TLS 1.3",
            SslProtocols.Tls12 => "TLS 1.2",
            var old => old.ToString(),
        };
        return null;
    }

    private async ValueTask<AttemptOutcome?> ReadFileAsync(CancellationToken token)
    {
        _phase = "read";
        var calls = context.Shared(static shared => new GuardedCalls(shared.Time));
        var certificates = await calls.RunAsync(target.Path, _ => CertificateFile.Load(target.Path), options.Targets.Timeout, token);
        if (certificates is null)
        {
            return AttemptOutcome.Failed(ResultCode.Timeout, "the file's file system does not answer");
        }

        var now = context.Time.GetUtcNow();
        using var chain = new X509Chain { ChainPolicy = CertificateVerdict.Policy(files.Roots(), now) };
        chain.ChainPolicy.ExtraStore.AddRange(certificates);
        chain.Build(certificates[0]);
        _verdict = CertificateVerdict.Of(certificates[0], chain, options.Tls.ServerName, now);
        _certificates = [.. certificates];
        return null;
    }
}
