using NocMonitor.Configuration;

namespace NocMonitor.Probes.Tls;

/// <summary>How a probe speaks TLS: whom it trusts and who it is. Shared by all probes that do; files are absolute.</summary>
internal sealed record TlsOptions
{
    /// <summary>PEM or DER file of the authorities that are trusted instead of the system's; null trusts the system's.</summary>
    public required string? CaFile { get; init; }

    /// <summary>PEM file of the client's certificate and the authorities between it and the root.</summary>
    public required string? ClientCertificateFile { get; init; }

    /// <summary>PEM file of the client's key, unencrypted; null when it is in the certificate's file.</summary>
    public required string? ClientKeyFile { get; init; }

    /// <summary>The name that is asked for (SNI) and that the certificate must bear; null takes the target's.</summary>
    public required string? ServerName { get; init; }

    public static TlsOptions Read(OptionReader options)
    {
        var read = new TlsOptions
        {
            CaFile = File(options, "CaFile", "PEM or DER file of the authorities to trust instead of the system's."),
            ClientCertificateFile = File(options, "ClientCertificateFile", "PEM file of a client certificate, with the authorities between it and the root."),
            ClientKeyFile = File(options, "ClientKeyFile", "PEM file of the client certificate's key, unencrypted; empty when it is in the same file."),
            ServerName = options.OptionalText("ServerName", "Name to ask for (SNI) and to expect in the certificate instead of the target's."),
        };
        if (read.ClientKeyFile is not null && read.ClientCertificateFile is null)
        {
            options.Fail("ClientKeyFile", "needs ClientCertificateFile beside it");
        }

        foreach (var (name, error) in TlsFiles.Check(read))
        {
            options.Fail(name, error);
        }

        return read;
    }

    private static string? File(OptionReader options, string name, string help) =>
        options.OptionalText(name, help) is { } path ? options.ResolvePath(name, path) : null;
}
