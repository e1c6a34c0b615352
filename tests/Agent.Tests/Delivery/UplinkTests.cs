namespace NocMonitor.Agent.Tests.Delivery;

public class UplinkTests
{
    private UplinkStage _stage = null!;

    [SetUp]
    public void Build() => _stage = new UplinkStage();

    [TearDown]
    public async Task ClearAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task Points_arrive_gzipped_at_the_write_door_with_the_token_and_leave_the_spool()
    {
        _stage.Spool.Append("cpu,host=a usage=1 1", "cpu,host=a usage=2 2");
        _stage.Start();
        _stage.Signal.Ask();

        var request = await _stage.First.NextAsync();

        await _stage.SentAsync(2);
        Assert.That(request.Line, Is.EqualTo("POST /api/v2/write?precision=ns HTTP/1.1"));
        Assert.That(request.Headers["Authorization"], Is.EqualTo("Token hunter2"));
        Assert.That(request.Headers["Content-Encoding"], Is.EqualTo("gzip"));
        Assert.That(request.Lines, Is.EqualTo(new[] { "cpu,host=a usage=1 1", "cpu,host=a usage=2 2" }));
        Assert.That(_stage.Spool.Peek(), Is.Empty);
    }
}
