namespace NocMonitor.Collector.Security;

/// <summary>Why a request may go on or not.</summary>
internal enum AccessOutcome
{
    /// <summary>A token allows it.</summary>
    Token,

    /// <summary>No token is configured, and the request comes from this machine.</summary>
    Loopback,

    /// <summary>A token is needed and none was sent: 401.</summary>
    Missing,

    /// <summary>The token is not known: 401.</summary>
    Unknown,

    /// <summary>The token is known and not made for this: 403.</summary>
    OutOfScope,

    /// <summary>No token is configured, and the request is not this machine's own: 403.</summary>
    NotLocal,

    /// <summary>A page of another site made a browser send a request that changes something: 403.</summary>
    CrossSite,
}

/// <summary>The outcome and, for a token, its name: the origin that series are counted by.</summary>
internal readonly record struct AccessDecision(AccessOutcome Outcome, string Name)
{
    public bool Allowed => Outcome is AccessOutcome.Token or AccessOutcome.Loopback;

    public int StatusCode => Outcome switch
    {
        AccessOutcome.Token or AccessOutcome.Loopback => 200,
        AccessOutcome.Missing or AccessOutcome.Unknown => 401,
        _ => 403,
    };

    /// <summary>The reason in words for the sender; it says nothing about tokens that exist.</summary>
    public string Reason => Outcome switch
    {
        AccessOutcome.Missing => "unauthorized access: a token is needed",
        AccessOutcome.Unknown => "unauthorized access: the token is not valid",
        AccessOutcome.OutOfScope => "forbidden: the token's scope does not allow this",
        AccessOutcome.NotLocal => "forbidden: without any token configured only this machine itself may ask; create one with 'nocmonitor-collector token create'",
        AccessOutcome.CrossSite => "forbidden: a browser sent this for a page of another site (Sec-Fetch-Site, Origin); programs send their token as 'Authorization: Bearer'",
        _ => "",
    };
}
