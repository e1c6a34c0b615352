using System.Text;
using NocMonitor.Collector.Notify.Mail;

namespace NocMonitor.Collector.Tests.Notify.Mail;

public class MailTextTests
{
    [Test]
    public void A_mail_is_ascii_with_short_lines_whatever_it_says()
    {
        var text = Text(plain: new string('ü', 500) + "\n" + new string('x', 500) + " \n.", subject: "Plattenplatz ▁▂█ " + new string('é', 200));

        var lines = text.Split("\r\n");
        Assert.That(text.All(char.IsAscii));
        Assert.That(lines, Has.All.Length.LessThanOrEqualTo(78));
        Assert.That(text, Does.Not.Match("[^\r]\n"));
    }

    [Test]
    public void A_line_end_in_a_summary_adds_no_header()
    {
        var subject = MailText.EncodeWords("disk full\r\nBcc: everybody@example.org");

        Assert.That(subject, Is.EqualTo("disk full  Bcc: everybody@example.org"));
    }

    [Test]
    public void Long_words_are_split_between_letters()
    {
        var encoded = MailText.EncodeWords(new string('▁', 50));

        var words = encoded.Split("\r\n ");
        Assert.That(words, Has.Length.GreaterThan(1).And.All.Length.LessThanOrEqualTo(75));
        Assert.That(string.Concat(words.Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2])))), Is.EqualTo(new string('▁', 50)));
    }

    [Test]
    public void Blanks_at_a_lines_end_and_equal_signs_are_quoted()
    {
        var text = Text(plain: "a=b \nnext");

        Assert.That(text, Does.Contain("\r\na=3Db=20\r\nnext\r\n"));
    }

    [Test]
    public void Html_escapes_what_came_over_the_network()
    {
        var alert = SomeAlert.Firing() with { Summary = "<script>alert(1)</script>", Runbook = "javascript:alert(1)", Description = "a\nb" };

        var html = MailBody.Html(SomeAlert.Notification(alert));

        Assert.That(html, Does.Not.Contain("<script").And.Not.Contain("href=\"javascript").And.Contain("&lt;script&gt;").And.Contain("a<br>b"));
    }

    [Test]
    public void Plain_text_says_what_a_person_on_call_needs()
    {
        var text = MailBody.Plain(SomeAlert.Notification(SomeAlert.Firing()));

        Assert.That(text, Is.EqualTo("""
            CRITICAL: http://web01/ on web01 answers 500

            three tries in a row

            Host:      web01
            Rule:      http.status
            Severity:  critical
            Value:     500
            Last hour: ▁▁▂█
            Since:     2026-01-05 08:00:00 UTC
            Labels:    server=http://web01/
            Runbook:   https://runbooks.example.org/http
            Alert:     http://noc:8490/api/v1/alerts/7

            NocMonitor at http://noc:8490

            """));
    }

    [Test]
    public void A_subject_tells_one_alert_or_counts_many()
    {
        Assert.That(MailBody.Subject(SomeAlert.Notification(SomeAlert.Resolved())), Is.EqualTo("[RESOLVED] http://web01/ on web01 answers 500"));
        Assert.That(MailBody.Subject(SomeAlert.Notification(SomeAlert.Firing(1), SomeAlert.Firing(2), SomeAlert.Resolved(3))), Is.EqualTo("[2 firing, 1 resolved] http.status"));
    }

    private static string Text(string plain, string subject = "s") => Encoding.Latin1.GetString(new MailText
    {
        From = "a@example.org",
        To = ["b@example.org"],
        Subject = subject,
        Date = SomeAlert.Start,
        MessageId = "alert-1-2-ops@example.org",
        ThreadId = "nocmonitor-alert-1@example.org",
        Plain = plain,
        Html = "<p>x</p>",
    }.ToBytes());
}
