using NocMonitor.Configuration;

namespace NocMonitor.Collector.Notify.Webhook;

/// <summary>Options of a receiver of type <c>webhook</c>.</summary>
internal sealed record WebhookOptions
{
    /// <summary>Where to post. Many services put a secret into the path or query, so the whole address is treated as one; logs show its host only.</summary>
    public required Uri Url { get; init; }

    /// <summary>Signs each body: the header <c>X-NocMonitor-Signature: sha256=…</c> holds the HMAC-SHA256 of it. Null: no signature.</summary>
    public required Secret? SigningKey { get; init; }

    /// <summary>Sent as <c>Authorization: Bearer</c>. Null: none.</summary>
    public required Secret? BearerToken { get; init; }

    /// <summary>Further headers by name. They may hold secrets and are never logged.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>A PEM file with the authorities to trust instead of the system's.</summary>
    public required string? CaFile { get; init; }

    public static WebhookOptions Read(OptionReader reader)
    {
        var url = reader.Secret("Url", "Where to post, http or https; may also stand in a file or a variable, as it often holds a secret.");
        var options = new WebhookOptions
        {
            Url = ParseUrl(reader, url),
            SigningKey = reader.Secret("SigningKey", "Signs each body: X-NocMonitor-Signature holds sha256= and the HMAC-SHA256 in hexadecimal."),
            BearerToken = reader.Secret("BearerToken", "Sent as Authorization: Bearer."),
            Headers = reader.TextMap("Headers", "Further headers by name; never logged."),
            CaFile = reader.OptionalText("CaFile", "A PEM file with the authorities to trust instead of the system's."),
        };
        foreach (var (name, value) in options.Headers.Where(header => !IsHeader(header.Key, header.Value)))
        {
            reader.Fail("Headers", $"'{name}' is not a header that can be sent");
        }

        if (options.CaFile is not null && !CertificateTrust.TryLoad(options.CaFile, out _, out var reason))
        {
            reader.Fail("CaFile", reason);
        }

        return options;
    }

    private static Uri ParseUrl(OptionReader reader, Secret? secret)
    {
        if (secret is null)
        {
            reader.Fail("Url", "is required");
        }
        else if (Uri.TryCreate(secret.Reveal(), UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }
        else
        {
            reader.Fail("Url", "is not an http or https address");
        }

        return new Uri("http://localhost/");
    }

    /// <summary>What would be refused when sending, or would let a value smuggle in a second header, is refused at the start.</summary>
    private static bool IsHeader(string name, string value)
    {
        using var message = new HttpRequestMessage();
        using var content = new ByteArrayContent([]);
        return !value.AsSpan().ContainsAny('\r', '\n') && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            && message.Headers.TryAddWithoutValidation(name, value);
    }
}
