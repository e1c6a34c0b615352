using System.Text;

namespace NocMonitor.Collector.Security;

/// <summary>
/// Finds the token that a request carries, in every form that InfluxDB's clients use: <c>Authorization: Token</c> (version 2, and version 1's
/// <c>user:password</c>), <c>Bearer</c>, <c>Basic</c>, and the query parameters <c>u</c> and <c>p</c>. A user name counts for nothing; the password is the token.
/// </summary>
internal static class RequestCredential
{
    /// <summary>A longer credential is none of ours and not worth hashing.</summary>
    private const int Longest = 512;

    /// <summary>The token, or null when the request carries none. An unreadable credential reads as an empty token, which nothing matches.</summary>
    public static string? Find(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0)
        {
            var password = request.Query["p"];
            return password.Count == 0 ? null : Bounded(password.ToString());
        }

        var text = header.ToString();
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return "";
        }

        var scheme = text.AsSpan(0, space);
        var value = text.AsSpan(space + 1).Trim();
        return Is(scheme, "Token") ? Bounded(AfterUser(value))
            : Is(scheme, "Bearer") ? Bounded(value.ToString())
            : Is(scheme, "Basic") ? Bounded(FromBasic(value))
            : "";
    }

    private static bool Is(ReadOnlySpan<char> scheme, string name) => scheme.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Bounded(string token) => token.Length <= Longest ? token : "";

    private static string FromBasic(ReadOnlySpan<char> base64)
    {
        var bytes = new byte[Longest];
        return base64.Length <= Longest && Convert.TryFromBase64Chars(base64, bytes, out var count)
            ? AfterUser(Encoding.UTF8.GetString(bytes, 0, count))
            : "";
    }

    private static string AfterUser(ReadOnlySpan<char> pair) => pair[(pair.IndexOf(':') + 1)..].ToString();
}
