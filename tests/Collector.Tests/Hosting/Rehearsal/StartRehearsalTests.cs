using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Hosting.Rehearsal;
using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Tests.Hosting.Rehearsal;

public class StartRehearsalTests
{
    [Test]
    public async Task Every_path_is_asked_in_order_through_a_web_server()
    {
        var application = new RecordingApplication(context => context.Response.WriteAsync("answer"));

        await Of("/", "/query?q=SELECT%201").RunAsync(application, CancellationToken.None);

        Assert.That(application.Asked, Is.EqualTo(["GET /", "GET /query?q=SELECT%201"]));
    }

    [Test]
    public async Task A_request_is_marked_as_the_process_s_own()
    {
        var marked = false;
        var application = new RecordingApplication(context =>
        {
            marked = context.Features.Get<OwnRequest>() is not null;
            return Task.CompletedTask;
        });

        await Of("/").RunAsync(application, CancellationToken.None);

        Assert.That(marked, Is.True);
    }

    [Test]
    public async Task What_fails_is_left_and_the_rest_is_asked()
    {
        var application = new RecordingApplication(_ => throw new InvalidOperationException("broken"));

        await Of("/a", "/b").RunAsync(application, CancellationToken.None);

        Assert.That(application.Asked, Is.EqualTo(["GET /a", "GET /b"]));
    }

    [Test]
    public async Task A_part_that_cannot_say_what_to_ask_does_not_stop_the_start()
    {
        var rehearsal = new StartRehearsal(
            [new RehearsedRequests(() => throw new InvalidOperationException("broken"))], TimeProvider.System, NullLogger<StartRehearsal>.Instance);

        await rehearsal.RunAsync(new RecordingApplication(_ => Task.CompletedTask), CancellationToken.None);
    }

    [Test]
    public void A_start_that_is_called_off_calls_off_the_rehearsal()
    {
        using var called = new CancellationTokenSource();
        var application = new RecordingApplication(async context =>
        {
            await called.CancelAsync();
            await context.Response.WriteAsync("answer");
        });

        Assert.That(async () => await Of("/", "/").RunAsync(application, called.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static StartRehearsal Of(params string[] paths) =>
        new([new RehearsedRequests(() => paths)], TimeProvider.System, NullLogger<StartRehearsal>.Instance);

    /// <summary>An application that keeps what it was asked. Asked one after the other.</summary>
    private sealed class RecordingApplication(RequestDelegate answer) : IHttpApplication<HttpContext>
    {
        public List<string> Asked { get; } = [];

        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context)
        {
            Asked.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            return answer(context);
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
