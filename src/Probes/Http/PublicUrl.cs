namespace NocMonitor.Probes.Http;

/// <summary>What of a URL may be shown and stored: no user, no password, no fragment, and stars for query values that look like secrets.</summary>
internal static class PublicUrl
{
    private static readonly string[] SecretWords =
        ["token", "key", "secret", "password", "passwd", "pwd", "auth", "signature", "sig", "code", "credential", "session", "jwt", "sid", "pass"];

    /// <summary>The URL as it was written when it has nothing to hide, so that it is found again by that text.</summary>
    public static string Of(Uri url)
    {
        if (url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0)
        {
            return url.OriginalString;
        }

        return url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + Query(url.Query);
    }

    private static string Query(string query) =>
        query.Length <= 1 ? "" : $"?{string.Join('&', query[1..].Split('&').Select(Pair))}";

    private static string Pair(string pair)
    {
        var equals = pair.IndexOf('=');
        var key = equals < 0 ? pair : pair[..equals];
        return equals >= 0 && IsSecret(Uri.UnescapeDataString(key)) ? $"{key}=***" : pair;
    }

    /// <summary>A secret word counts as a word of the key: <c>api_key</c>, <c>X-Amz-Signature</c>, <c>accessToken</c>, not <c>monkey</c>.</summary>
    private static bool IsSecret(string key) => Words(key).Any(word => SecretWords.Contains(word, StringComparer.OrdinalIgnoreCase))
        || key.Contains("token", StringComparison.OrdinalIgnoreCase) || key.Contains("secret", StringComparison.OrdinalIgnoreCase)
        || key.Contains("password", StringComparison.OrdinalIgnoreCase) || key.Contains("apikey", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Words(string key)
    {
        var start = 0;
        for (var i = 1; i <= key.Length; i++)
        {
            if (i == key.Length || !char.IsAsciiLetter(key[i]) || (char.IsAsciiLetterUpper(key[i]) && char.IsAsciiLetterLower(key[i - 1])))
            {
                yield return key[start..i].TrimStart('_', '-', '.', '[', '$');
                start = i;
            }
        }
    }
}
