using Microsoft.AspNetCore.Http;
using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Tests.Security;

public class RequestCredentialTests
{
    [TestCase("Token noc_x", ExpectedResult = "noc_x")]
    [TestCase("token noc_x", ExpectedResult = "noc_x")]
    [TestCase("Token anna:noc_x", ExpectedResult = "noc_x", TestName = "A version 1 pair is user and token")]
    [TestCase("Bearer noc_x", ExpectedResult = "noc_x")]
    [TestCase("Basic YW5uYTpub2NfeA==", ExpectedResult = "noc_x", TestName = "A basic password is the token")]
    [TestCase("Basic ###", ExpectedResult = "", TestName = "Broken base 64 matches nothing")]
    [TestCase("Digest noc_x", ExpectedResult = "", TestName = "A foreign scheme matches nothing")]
    [TestCase("noc_x", ExpectedResult = "", TestName = "A bare token matches nothing")]
    public string? The_header_gives_the_token(string header)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = header;

        return RequestCredential.Find(context.Request);
    }

    [Test]
    public void The_query_gives_the_token_only_without_a_header()
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString("?u=anna&p=noc_query");

        var fromQuery = RequestCredential.Find(context.Request);
        context.Request.Headers.Authorization = "Token noc_header";

        Assert.That((fromQuery, RequestCredential.Find(context.Request)), Is.EqualTo(("noc_query", "noc_header")));
    }

    [Test]
    public void A_giant_credential_is_not_looked_at()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = "Bearer " + new string('x', 10_000);

        Assert.That(RequestCredential.Find(context.Request), Is.Empty);
    }

    [Test]
    public void A_request_without_any_gives_null() => Assert.That(RequestCredential.Find(new DefaultHttpContext().Request), Is.Null);
}
