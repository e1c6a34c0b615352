using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Tests.Hosting;

namespace NocMonitor.Collector.Tests.Notify.Routing;

public class RouteTableTests
{
    private const string Receivers = """
        "Receivers": {
          "Pager": { "Type": "webhook", "Url": "http://a/" },
          "chat": { "Type": "webhook", "Url": "http://b/" },
          "mail": { "Type": "mail", "Host": "m", "From": "a@b.org", "To": "c@d.org" },
          "off": { "Type": "webhook", "Url": "http://c/", "Enabled": false }
        }
        """;

    [TestCase("", "web01", Severity.Warning, ExpectedResult = "Pager chat mail", TestName = "Without routes everybody is told who is on")]
    [TestCase(""", "DefaultReceivers": "mail" """, "web01", Severity.Warning, ExpectedResult = "mail", TestName = "No route matches: the default receivers")]
    public string Defaults(string more, string host, object severity) => Route(more, host, (Severity)severity);

    [TestCase("db01", Severity.Critical, ExpectedResult = "Pager mail", TestName = "The first match counts, and further ones after Continue")]
    [TestCase("db01", Severity.Warning, ExpectedResult = "mail", TestName = "Severity is a label")]
    [TestCase("lab7", Severity.Critical, ExpectedResult = "Pager", TestName = "A route to nobody after one with Continue adds nobody")]
    [TestCase("lab7", Severity.Warning, ExpectedResult = "", TestName = "A route may say nobody")]
    [TestCase("web01", Severity.Warning, ExpectedResult = "chat", TestName = "What no route matches goes to the default")]
    public string Routes(string host, object severity) => Route(
        """
        , "DefaultReceivers": [ "chat" ], "Routes": [
          { "Match": { "severity": "critical" }, "Receivers": "pager", "Continue": true },
          { "Match": { "host": "lab*" }, "Receivers": [] },
          { "Match": { "host": "db*" }, "Receivers": [ "mail", "off" ] },
          { "Match": { "severity": "critical" }, "Receivers": "chat" }
        ]
        """, host, (Severity)severity);

    [Test]
    public void A_route_to_an_unknown_receiver_is_an_error_with_a_suggestion()
    {
        var error = Assert.Throws<ArgumentException>(() => TestCollector.Options(
            $$"""{ {{Receivers}}, "Routes": [ { "Receivers": "pgaer" } ] }"""));

        Assert.That(error!.Message, Does.EndWith("Routes[0].Receivers: there is no receiver 'pgaer'; did you mean Pager?"));
    }

    private static string Route(string more, string host, Severity severity)
    {
        var table = TestCollector.Options($$"""{ {{Receivers}} {{more}} }""").Notify.ToRouteTable();
        return string.Join(' ', table.Route(new AlertLabels([new("host", host)]), severity));
    }
}
