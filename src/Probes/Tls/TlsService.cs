namespace NocMonitor.Probes.Tls;

/// <summary>How a server comes to speak TLS.</summary>
internal enum TlsService
{
    /// <summary>From the first byte.</summary>
    Direct,

    /// <summary>After SMTP's STARTTLS (RFC 3207).</summary>
    Smtp,

    /// <summary>After IMAP's STARTTLS (RFC 9051, 6.2.1).</summary>
    Imap,

    /// <summary>After LDAP's StartTLS operation (RFC 4511, 4.14).</summary>
    Ldap,

    /// <summary>After PostgreSQL's SSLRequest (its protocol, 54.2.11).</summary>
    Postgres,

    /// <summary>No server: certificates in a file.</summary>
    File,
}
