using System.Text;
using NocMonitor.Configuration;

namespace NocMonitor.Agent.Settings;

/// <summary>One collector, or anything else that takes line protocol at <c>/api/v2/write</c>.</summary>
public sealed record CollectorOptions
{
    /// <summary>The base address; <c>/api/v2/write</c> is added.</summary>
    public required Uri Url { get; init; }

    public required Secret? Token { get; init; }

    /// <summary>Organisation and bucket, which an InfluxDB wants; empty for a NocMonitor collector.</summary>
    public required string Organization { get; init; }

    /// <inheritdoc cref="Organization"/>
    public required string Bucket { get; init; }

    /// <summary>PEM file of the authorities to trust instead of the system's; empty for the system's.</summary>
    public required string CaFile { get; init; }

    /// <summary>PEM file of this agent's certificate, and of its key.</summary>
    public required string ClientCertificateFile { get; init; }

    /// <inheritdoc cref="ClientCertificateFile"/>
    public required string ClientKeyFile { get; init; }

    /// <summary>Accept any certificate. Loud at start, in the log and in the agent's own metrics.</summary>
    public required bool InsecureSkipVerify { get; init; }

    /// <summary>An HTTP proxy on the way; null for none. The environment's proxy variables are not looked at.</summary>
    public required Uri? Proxy { get; init; }

    /// <summary>One request, from connecting to the last byte of the answer.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>Files whose content counts as part of the configuration: a renewed certificate or token is a change.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Where this entry is written.</summary>
    public ConfigPlace Place { get; init; }

    /// <summary>Equal for two entries that say the same with the same token and the same certificate files; gives nothing of them away.</summary>
    public ulong Signature { get; init; }

    public static CollectorOptions Read(OptionReader options)
    {
        var caFile = File(options, "CaFile", "PEM file of the authorities to trust instead of the system's.");
        var certificate = File(options, "ClientCertificateFile", "PEM file of this agent's certificate.");
        var key = File(options, "ClientKeyFile", "PEM file of the certificate's key; the certificate's file unless set.");
        var url = Address(options, "Url", options.RequiredText("Url", "The collector's address, such as https://noc.example.net:8490."));
        var proxy = options.OptionalText("Proxy", "An HTTP proxy on the way; the environment's proxy variables are not looked at.");
        var token = options.Secret("Token", "What the collector knows this agent by.");
        string[] files = [.. options.Files, .. new[] { caFile, certificate, key }.Where(file => file.Length > 0)];
        return new CollectorOptions
        {
            Url = url ?? new Uri("http://127.0.0.1:8490"),
            Token = token,
            Organization = options.Text("Organization", "", "Organisation, which an InfluxDB wants."),
            Bucket = options.Text("Bucket", "", "Bucket, which an InfluxDB wants."),
            CaFile = caFile,
            ClientCertificateFile = certificate,
            ClientKeyFile = key.Length > 0 ? key : certificate,
            InsecureSkipVerify = options.Flag("InsecureSkipVerify", false,
                "Accept any certificate: for a trial only. The agent says so at start, in its log and in its own metrics."),
            Proxy = proxy is null ? null : Address(options, "Proxy", proxy),
            TimeLimit = options.Duration("TimeLimit", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5),
                "Time limit of one request."),
            Place = options.Place,
            Signature = StableHash.Of(Encoding.UTF8.GetBytes($"{options.Fingerprint}\n{token?.Reveal()}\n{ConfigWatch.Look(files)}")),
            Files = files,
        };
    }

    /// <summary>What <c>--collector URL</c> stands for.</summary>
    public static CollectorOptions At(Uri url) => new()
    {
        Url = url,
        Token = null,
        Organization = "",
        Bucket = "",
        CaFile = "",
        ClientCertificateFile = "",
        ClientKeyFile = "",
        InsecureSkipVerify = false,
        Proxy = null,
        TimeLimit = TimeSpan.FromSeconds(10),
        Files = [],
    };

    /// <summary>Null when the text is an address of a collector, else what is wrong with it.</summary>
    public static string? Refuse(string text, out Uri? url)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return "is not an address such as http://127.0.0.1:8490";
        }

        // Addresses are logged; a secret has no place in them.
        return url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0
            ? "must be scheme, host, port and path only; the token has an option of its own"
            : null;
    }

    private static Uri? Address(OptionReader options, string name, string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var reason = Refuse(text, out var url);
        if (reason is null)
        {
            return url;
        }

        options.Fail(name, reason);
        return null;
    }

    private static string File(OptionReader options, string name, string help)
    {
        if (options.OptionalText(name, help) is not { } text)
        {
            return "";
        }

        var path = options.ResolvePath(name, text);
        if (!System.IO.File.Exists(path))
        {
            options.Fail(name, $"there is no file {path}");
        }

        return path;
    }
}
