namespace NocMonitor.Collector.Security;

/// <summary>Decides what a request may do. Safe for concurrent use; the token set is taken once a request.</summary>
internal sealed class RequestAccess(TokenCache tokens)
{
    public AccessDecision Decide(HttpContext context, Access needed)
    {
        if (needed != Access.Read && CrossSiteRequest.IsOne(context.Request))
        {
            return new AccessDecision(AccessOutcome.CrossSite, "");
        }

        var credential = RequestCredential.Find(context.Request);
        if (needed == Access.Read && context.Features.Get<OwnRequest>() is not null)
        {
            return new AccessDecision(AccessOutcome.Loopback, "rehearsal");
        }

        if (tokens.Current.Count == 0)
        {
            return LoopbackRequest.IsOwn(context)
                ? new AccessDecision(AccessOutcome.Loopback, "loopback")
                : new AccessDecision(AccessOutcome.NotLocal, "");
        }

        if (credential is null)
        {
            return new AccessDecision(AccessOutcome.Missing, "");
        }

        return tokens.Find(credential) switch
        {
            null => new AccessDecision(AccessOutcome.Unknown, ""),
            { } token when (token.Scope.Grants() & needed) == needed => new AccessDecision(AccessOutcome.Token, token.Name),
            { } token => new AccessDecision(AccessOutcome.OutOfScope, token.Name),
        };
    }
}
