using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Tls;

/// <summary>
/// Where a certificate is: a server as <c>host</c>, <c>host:port</c> or <c>scheme://host:port</c>, or a file as an absolute path or <c>file:path</c>.
/// </summary>
/// <param name="Service">How the server comes to TLS.</param>
/// <param name="Address">The server; nothing for a file.</param>
/// <param name="Path">The file as written; empty for a server.</param>
internal readonly record struct TlsTarget(TlsService Service, HostPort Address, string Path)
{
    private const string Separator = "://";

    public static bool TryParse(string text, out TlsTarget target)
    {
        if (FilePath(text) is { } path)
        {
            target = new TlsTarget(TlsService.File, default, path);
            return path.Length > 0;
        }

        var scheme = text.IndexOf(Separator, StringComparison.Ordinal);
        var known = Known(scheme < 0 ? "tls" : text[..scheme].ToLowerInvariant());
        var rest = scheme < 0 ? text : text[(scheme + Separator.Length)..];
        var slash = rest.IndexOf('/');
        target = default;
        if (known is not var (service, port) || rest.Contains('@') || !HostPort.TryParse(slash < 0 ? rest : rest[..slash], port, out var address))
        {
            return false;
        }

        target = new TlsTarget(service, address, "");
        return true;
    }

    private static string? FilePath(string text) =>
        text.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? text[7..]
        : text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? text[5..]
        : text.StartsWith('/') || text is [_, ':', '\\' or '/', ..] ? text
        : null;

    private static (TlsService Service, int Port)? Known(string scheme) => scheme switch
    {
        "https" or "tls" or "tcp" => (TlsService.Direct, 443),
        "smtps" => (TlsService.Direct, 465),
        "imaps" => (TlsService.Direct, 993),
        "pop3s" => (TlsService.Direct, 995),
        "ldaps" => (TlsService.Direct, 636),
        "smtp" => (TlsService.Smtp, 25),
        "imap" => (TlsService.Imap, 143),
        "ldap" => (TlsService.Ldap, 389),
        "postgres" or "postgresql" => (TlsService.Postgres, 5432),
        _ => null,
    };
}
