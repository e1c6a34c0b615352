using NocMonitor.Configuration;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Tls;

/// <summary>Options of the <c>tls</c> probe.</summary>
internal sealed record TlsProbeOptions
{
    public required TargetOptions Targets { get; init; }

    public required IpFamily Family { get; init; }

    /// <summary>Whether a certificate that cannot be verified is a failure; it is reported either way.</summary>
    public required bool Verify { get; init; }

    public required TlsOptions Tls { get; init; }

    /// <summary>Each target's meaning, files with their absolute path.</summary>
    public required IReadOnlyDictionary<string, TlsTarget> Parsed { get; init; }

    public static TlsProbeOptions Read(OptionReader options)
    {
        var targets = TargetOptions.Read(options,
            "Servers (host, host:port, https://, smtp://, imap://, ldap://, postgres:// with STARTTLS, smtps://, imaps://, pop3s://, ldaps://) and files (absolute path or file:path).",
            TimeSpan.FromSeconds(5));
        var parsed = new Dictionary<string, TlsTarget>(StringComparer.Ordinal);
        foreach (var (index, text) in targets.Targets.Index())
        {
            if (!TlsTarget.TryParse(text, out var target))
            {
                options.Fail("Targets", $"entry {index + 1} is neither a server such as web01:443 or smtp://mail:25 nor a file such as /etc/ssl/web.pem");
            }
            else
            {
                parsed[text] = target.Service == TlsService.File ? target with { Path = options.ResolvePath("Targets", target.Path) } : target;
            }
        }

        return new TlsProbeOptions
        {
            Targets = targets,
            Parsed = parsed,
            Family = options.Choice("Family", IpFamily.Any, "Which addresses of a name are tried; Any tries them in the resolver's order."),
            Verify = options.Flag("Verify", true, "A certificate that cannot be verified is a failure. When false it is none; the fields tell either way."),
            Tls = options.Section("Tls", TlsOptions.Read, "Whom to trust and who to be."),
        };
    }
}
