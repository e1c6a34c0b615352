namespace NocMonitor.Collector.Security;

/// <summary>What a token is made for. Writing and reading do not include each other: an agent's token must not open the alerts of all hosts.</summary>
internal enum TokenScope
{
    Write,
    Read,
    Admin,
}

internal static class TokenScopes
{
    public static Access Grants(this TokenScope scope) => scope switch
    {
        TokenScope.Write => Access.Write,
        TokenScope.Read => Access.Read,
        TokenScope.Admin => Access.Write | Access.Read | Access.Manage,
        _ => Access.None,
    };
}
