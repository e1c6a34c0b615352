using System.Text;
using NocMonitor.Collector.Notify;
using NocMonitor.Collector.Notify.Mail;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Notify.Mail;

public class MailNotifierTests
{
    private FakeSmtpServer _server = null!;

    [SetUp]
    public void Start() => _server = new FakeSmtpServer();

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_mail_goes_to_every_recipient_with_its_parts()
    {
        var result = await SendAsync(""" "Security": "None" """);

        Assert.That(result, Is.EqualTo(SendResult.Delivered));
        Assert.That(_server.Commands.Skip(1), Is.EqualTo(new[] { "MAIL FROM:<noc@example.org>", "RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>", "DATA", "QUIT" }));
        Assert.That(_server.Texts.Single(), Does.Contain("Message-ID: <alert-7-71-ops@example.org>").And.Contain("Content-Type: text/html"));
    }

    [Test]
    public async Task With_starttls_nothing_but_ehlo_is_said_in_plain_text()
    {
        using var folder = new TemporaryFolder();
        var options = WithCertificate(folder, "localhost");
        _server.Offers = ["STARTTLS", "AUTH PLAIN LOGIN"];

        var result = await SendAsync($$""" {{options}}, "User": "noc", "Password": "s3cret" """);

        Assert.That(result, Is.EqualTo(SendResult.Delivered));
        Assert.That(_server.Commands[1], Is.EqualTo("STARTTLS"));
        Assert.That(_server.Commands[3], Is.EqualTo($"AUTH PLAIN {Convert.ToBase64String("\0noc\0s3cret"u8)}"));
    }

    [Test]
    public async Task With_implicit_tls_and_only_auth_login_it_logs_in()
    {
        using var folder = new TemporaryFolder();
        var options = WithCertificate(folder, "localhost", "Tls");
        _server.ImplicitTls = true;
        _server.Offers = ["AUTH LOGIN"];
        _server.Reply = command => command.StartsWith("AUTH", StringComparison.Ordinal) || command == Convert.ToBase64String("noc"u8) ? "334 more"
            : command == Convert.ToBase64String("s3cret"u8) ? "235 in" : null;

        var result = await SendAsync($$""" {{options}}, "User": "noc", "Password": "s3cret" """);

        Assert.That(result, Is.EqualTo(SendResult.Delivered));
    }

    [Test]
    public async Task A_server_without_starttls_gets_no_mail()
    {
        var result = await SendAsync(""" "Security": "StartTls" """);

        Assert.That(result, Is.EqualTo(SendResult.Temporary("the server does not offer STARTTLS")));
        Assert.That(_server.Texts, Is.Empty);
    }

    [Test]
    public async Task A_certificate_for_another_name_is_refused()
    {
        using var folder = new TemporaryFolder();
        var options = WithCertificate(folder, "elsewhere.example.org");
        _server.Offers = ["STARTTLS"];

        var result = await SendAsync(options);

        Assert.That(result.Outcome, Is.EqualTo(SendOutcome.Temporary));
        Assert.That(result.Reason, Does.StartWith("TLS failed"));
        Assert.That(_server.Texts, Is.Empty);
    }

    [TestCase("GREETING", "554 no service", SendOutcome.Permanent)]
    [TestCase("GREETING", "421 busy", SendOutcome.Temporary)]
    [TestCase("MAIL FROM:<noc@example.org>", "550 unknown sender", SendOutcome.Permanent)]
    [TestCase("MAIL FROM:<noc@example.org>", "451 later", SendOutcome.Temporary)]
    [TestCase("DATA", "452 disk full", SendOutcome.Temporary)]
    [TestCase("TEXT", "554 looks like spam", SendOutcome.Permanent)]
    [TestCase("GREETING", "HTTP/1.1 400 Bad Request", SendOutcome.Temporary)]
    [TestCase("GREETING", "99", SendOutcome.Temporary)]
    public async Task A_refusal_is_judged_by_its_code(string command, string reply, object outcome)
    {
        _server.Reply = asked => asked == command ? reply : null;

        var result = await SendAsync(""" "Security": "None" """);

        Assert.That(result.Outcome, Is.EqualTo(outcome));
        Assert.That(result.Reason, Is.Not.Empty);
    }

    [Test]
    public async Task A_reply_without_end_is_given_up()
    {
        _server.Reply = command => command == "GREETING" ? string.Join("\r\n", Enumerable.Repeat("220-more", 1000)) : null;

        Assert.That(await SendAsync(""" "Security": "None" """), Is.EqualTo(SendResult.Temporary("the server's reply has no end")));
    }

    [Test]
    public async Task A_reply_line_without_end_is_given_up()
    {
        _server.Reply = command => command == "GREETING" ? "220 " + new string('x', 100_000) : null;

        Assert.That(await SendAsync(""" "Security": "None" """), Is.EqualTo(SendResult.Temporary("the server's reply line is too long")));
    }

    [Test]
    public async Task A_silent_server_is_given_up_after_the_answer_time()
    {
        _server.Reply = command => command == "GREETING" ? "" : null;
        var time = new ManualTimeProvider();
        var sending = Notifier(""" "Security": "None", "AnswerTimeout": "20s" """, time).SendAsync(SomeAlert.Notification(SomeAlert.Firing()), CancellationToken.None).AsTask();
        await time.TimerSetAsync();
        await time.TimerSetAsync();

        time.Advance(TimeSpan.FromSeconds(20));

        Assert.That(await sending, Is.EqualTo(SendResult.Temporary("waiting for the server: no end within 20 s")));
    }

    [Test]
    public async Task Recipients_put_off_are_tried_again_and_the_others_not_told_twice()
    {
        _server.Reply = command => command == "RCPT TO:<b@example.org>" ? "450 greylisted" : null;
        using var notifier = Notifier(""" "Security": "None" """, TimeProvider.System);
        var notification = SomeAlert.Notification(SomeAlert.Firing());

        var first = await notifier.SendAsync(notification, CancellationToken.None);
        _server.Reply = _ => null;
        var second = await notifier.SendAsync(notification, CancellationToken.None);

        Assert.That(first, Is.EqualTo(SendResult.Temporary("b@example.org: 450 greylisted")));
        Assert.That(second.Outcome, Is.EqualTo(SendOutcome.Delivered));
        Assert.That(_server.Commands.Where(command => command.StartsWith("RCPT", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>", "RCPT TO:<b@example.org>" }));
    }

    [Test]
    public async Task A_recipient_refused_for_good_does_not_keep_the_others_from_the_mail()
    {
        _server.Reply = command => command == "RCPT TO:<a@example.org>" ? "550 no such user" : null;

        var result = await SendAsync(""" "Security": "None" """);

        Assert.That(result, Is.EqualTo(new SendResult(SendOutcome.Delivered, "a@example.org: 550 no such user")));
        Assert.That(_server.Texts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nobody_listening_is_temporary()
    {
        var port = _server.Port;
        await _server.DisposeAsync();
        _server = new FakeSmtpServer();

        var result = await Notifier($$""" "Security": "None", "Port": {{port}} """, TimeProvider.System)
            .SendAsync(SomeAlert.Notification(SomeAlert.Firing()), CancellationToken.None);

        Assert.That(result.Outcome, Is.EqualTo(SendOutcome.Temporary));
    }

    private async Task<SendResult> SendAsync(string more)
    {
        using var notifier = Notifier(more, TimeProvider.System);
        return await notifier.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), CancellationToken.None);
    }

    private MailNotifier Notifier(string more, TimeProvider time)
    {
        var errors = new List<ConfigError>();
        var port = more.Contains("\"Port\"", StringComparison.Ordinal) ? "" : $"\"Port\": {_server.Port},";
        var json = $$"""{ "Host": "127.0.0.1", {{port}} "From": "noc@example.org", "To": [ "a@example.org", "b@example.org" ], {{more}} }""";
        var options = MailOptions.Read(new OptionReader(JsonConfigParser.Parse("t", Encoding.UTF8.GetBytes(json), errors), errors));
        Assert.That(errors, Is.Empty);
        return new MailNotifier(options, time);
    }

    private string WithCertificate(TemporaryFolder folder, string name, string security = "StartTls")
    {
        _server.Certificate = TestCertificate.Create(name);
        var file = folder.Write("ca.pem", _server.Certificate.ExportCertificatePem());
        return $$""" "Security": "{{security}}", "CaFile": "{{file}}" """;
    }
}
