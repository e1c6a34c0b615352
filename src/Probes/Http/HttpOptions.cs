using System.Text;
using NocMonitor.Configuration;
using NocMonitor.Probes.Targets;
using NocMonitor.Probes.Tcp;
using NocMonitor.Probes.Tls;

namespace NocMonitor.Probes.Http;

/// <summary>Options of the <c>http</c> probe.</summary>
internal sealed record HttpOptions
{
    public required TargetOptions Targets { get; init; }

    public required IpFamily Family { get; init; }

    public required string Method { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>The <c>Authorization</c> header's value; secret; null for none.</summary>
    public required string? Authorization { get; init; }

    public required StatusSet ExpectStatus { get; init; }

    /// <summary>What the body must contain; null when it is only counted.</summary>
    public required ExpectedText? ExpectBody { get; init; }

    public required int MaxRedirects { get; init; }

    /// <summary>Bytes of the body that are read at most.</summary>
    public required int MaxResponse { get; init; }

    public required bool KeepAlive { get; init; }

    public required HttpProxy? Proxy { get; init; }

    public required TlsOptions Tls { get; init; }

    public required bool SkipVerification { get; init; }

    public static HttpOptions Read(OptionReader options) => new()
    {
        Targets = ReadTargets(options),
        Family = options.Choice("Family", IpFamily.Any, "Which addresses of a name are tried; Any tries them in the resolver's order."),
        Method = ReadMethod(options),
        Headers = ReadHeaders(options),
        Body = Encoding.UTF8.GetBytes(options.Text("Body", "", "Text sent as the request's body.")),
        Authorization = ReadAuthorization(options),
        ExpectStatus = ReadStatus(options),
        ExpectBody = ReadBody(options),
        MaxRedirects = options.Integer("MaxRedirects", 5, 0, 20, "Redirects that are followed; 0 takes a redirect itself for the answer."),
        MaxResponse = (int)options.Bytes("MaxResponse", 1 << 20, 0, 64 << 20, "Longest body of an answer; a longer one is a failure."),
        KeepAlive = options.Flag("KeepAlive", false, "Keeps the connection for the next round, so that only the first round measures connecting."),
        Proxy = ReadProxy(options),
        Tls = options.Section("Tls", TlsOptions.Read, "Certificates of https targets."),
        SkipVerification = options.Flag("InsecureSkipVerify", false,
            "Takes any certificate. Anyone on the way can then answer for the server; a warning is logged and every point says so."),
    };

    /// <summary>The value of a basic authorization header for <c>user:password</c>.</summary>
    public static string Basic(string credentials) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";

    private static TargetOptions ReadTargets(OptionReader options)
    {
        var read = TargetOptions.Read(options, "URLs to ask, http or https. A user and password in one are sent and never shown.", TimeSpan.FromSeconds(5));
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, text) in read.Targets.Index())
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !HttpTarget.IsUsable(url))
            {
                // The entry may hold a password, so its text stays out of the error.
                options.Fail("Targets", $"entry {index + 1} is not a URL such as https://web01/health");
            }
            else if (!shown.Add(PublicUrl.Of(url)))
            {
                options.Fail("Targets", $"{PublicUrl.Of(url)} is there twice: without their secrets the two cannot be told apart");
            }
        }

        return read;
    }

    private static string ReadMethod(OptionReader options)
    {
        var method = options.Text("Method", "GET", "Request method.").ToUpperInvariant();
        if (method.Length is 0 or > 20 || method is "CONNECT" || method.Any(letter => !char.IsAsciiLetterUpper(letter)))
        {
            options.Fail("Method", "is not a method such as GET, HEAD or POST");
        }

        return method;
    }

    private static IReadOnlyDictionary<string, string> ReadHeaders(OptionReader options)
    {
        var headers = options.TextMap("Headers", "Request headers by name. They go to the target's own scheme, host and port only, not along with a redirect elsewhere.");
        foreach (var (name, value) in headers)
        {
            if (!IsToken(name) || value.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                options.Fail("Headers", "a name or a value has characters that no header can have");
            }
            else if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                options.Fail("Headers", $"{name} follows from the body and cannot be set");
            }
        }

        return headers;
    }

    private static bool IsToken(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter));

    private static string? ReadAuthorization(OptionReader options)
    {
        var user = options.OptionalText("Username", "User for basic authentication.");
        var password = options.Secret("Password", "Password for basic authentication.");
        var bearer = options.Secret("BearerToken", "Token for bearer authentication, instead of Username.");
        if (bearer is not null && user is not null)
        {
            options.Fail("BearerToken", "stands beside Username; only one of the two can be sent");
        }

        if (password is not null && user is null)
        {
            options.Fail("Username", "is required beside Password");
        }

        return bearer is not null ? $"Bearer {Line(options, "BearerToken", bearer)}"
            : user is not null ? Basic($"{user}:{password?.Reveal()}") : null;
    }

    private static string Line(OptionReader options, string name, Secret secret)
    {
        if (secret.Reveal().AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            options.Fail(name, "has characters that no header can have");
        }

        return secret.Reveal();
    }

    private static StatusSet ReadStatus(OptionReader options)
    {
        var texts = options.Texts("ExpectStatus", ["200-299"], "Status codes that are good: single ones and ranges.");
        if (!StatusSet.TryParse(texts, out var set))
        {
            options.Fail("ExpectStatus", "is not a list of status codes such as 200 or 200-299");
        }

        return set;
    }

    private static ExpectedText? ReadBody(OptionReader options)
    {
        var text = options.OptionalText("ExpectBody", "Text that the body must contain.");
        var pattern = options.OptionalText("ExpectBodyPattern",
            "Regular expression that the body must match, instead of ExpectBody; without back references and look-around, so that no answer can make it slow.");
        if (text is not null && pattern is not null)
        {
            options.Fail("ExpectBodyPattern", "stands beside ExpectBody; only one of the two can be awaited");
        }

        try
        {
            return pattern is not null ? ExpectedText.OfPattern(pattern) : text is not null ? ExpectedText.Of(Encoding.UTF8.GetBytes(text)) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            options.Fail("ExpectBodyPattern", $"is not a regular expression that can be used here: {exception.Message}");
            return null;
        }
    }

    private static HttpProxy? ReadProxy(OptionReader options)
    {
        var text = options.OptionalText("Proxy", "HTTP proxy as host:port; https goes through it by CONNECT.");
        var user = options.OptionalText("ProxyUsername", "User for the proxy.");
        var password = options.Secret("ProxyPassword", "Password for the proxy.");
        var address = default(HostPort);
        if (text is not null && !HostPort.TryParse(text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? text[7..].TrimEnd('/') : text, 3128, out address))
        {
            options.Fail("Proxy", "is not host:port; its user and password stand in ProxyUsername and ProxyPassword");
        }

        return text is null ? null : new HttpProxy(address, user is null ? null : Basic($"{user}:{password?.Reveal()}"));
    }
}
