using NocMonitor.Collector.Tests.Hosting;

namespace NocMonitor.Collector.Tests.Notify;

public class ReceiverOptionsTests
{
    [TestCase("""{ "Type": "pager" }""", "'pager' is no kind of receiver")]
    [TestCase("""{ "Type": "webhok", "Url": "http://a/" }""", "did you mean webhook?")]
    [TestCase("""{ "Type": "webhook" }""", "Receivers.x.Url: is required")]
    [TestCase("""{ "Type": "webhook", "Url": "ftp://a/s3cret" }""", "is not an http or https address")]
    [TestCase("""{ "Type": "webhook", "Url": "http://a/", "Headers": { "X-A": "b\r\nX-C: d" } }""", "'X-A' is not a header that can be sent")]
    [TestCase("""{ "Type": "mail", "Host": "m", "From": "a b", "To": "c@d.org" }""", "'a b' is not a mail address")]
    [TestCase("""{ "Type": "mail", "Host": "m", "From": "a@b.org" }""", "at least one recipient is needed")]
    [TestCase("""{ "Type": "mail", "Host": "m", "From": "a@b.org", "To": "c@d.org>\r\nDATA" }""", "is not a mail address")]
    [TestCase("""{ "Type": "mail", "Host": "m", "From": "a@b.org", "To": "c@d.org", "Security": "None", "User": "u", "Password": "s3cret" }""", "never sent over plain text")]
    [TestCase("""{ "Type": "mail", "Host": "m", "From": "a@b.org", "To": "c@d.org", "User": "u" }""", "User and Password belong together")]
    public void A_wrong_receiver_is_refused_and_no_secret_is_told(string receiver, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => TestCollector.Options($$"""{ "Receivers": { "x": {{receiver}} } }"""));

        Assert.That(error!.Message, Does.Contain(reason).And.Not.Contain("s3cret"));
    }

    [Test]
    public void A_receivers_name_must_fit_into_a_header()
    {
        var error = Assert.Throws<ArgumentException>(() => TestCollector.Options("""{ "Receivers": { "on call": { "Type": "webhook", "Url": "http://a/" } } }"""));

        Assert.That(error!.Message, Does.Contain("the receiver's name 'on call' may have letters"));
    }
}
