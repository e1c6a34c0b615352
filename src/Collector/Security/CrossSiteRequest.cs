namespace NocMonitor.Collector.Security;

/// <summary>
/// Tells whether a page of another site made a browser send a request. A browser signed in by Basic sends its password along with whatever any page posts here, so such a
/// request may change nothing. A token as <c>Token</c> or <c>Bearer</c> is put there by a program that knows it, never by a browser on its own.
/// </summary>
internal static class CrossSiteRequest
{
    public static bool IsOne(HttpRequest request)
    {
        if (CarriesTokenOfItsOwn(request.Headers.Authorization.ToString()))
        {
            return false;
        }

        // Browsers tell this to trustworthy addresses (HTTPS and loopback) only; elsewhere the origin has to do, which each sends with a post.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !IsOf(origin, request.Host);
    }

    private static bool CarriesTokenOfItsOwn(string authorization) =>
        authorization.StartsWith("Token ", StringComparison.OrdinalIgnoreCase) || authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    /// <summary>A proxy in front may have taken off the encryption, so the scheme is not compared. An origin that a browser hides is <c>null</c> and of no host.</summary>
    private static bool IsOf(string origin, HostString host)
    {
        var authority = origin.IndexOf("://", StringComparison.Ordinal);
        return authority > 0 && string.Equals(origin[(authority + 3)..], host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
