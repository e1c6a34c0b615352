using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests;

/// <summary>Tests run in a folder without an appsettings.json, whatever folder they were started from: the sample of the source tree is not their configuration.</summary>
[SetUpFixture]
public sealed class WorkingFolder
{
    private readonly string _before = Environment.CurrentDirectory;
    private TemporaryFolder? _folder;

    [OneTimeSetUp]
    public void Enter()
    {
        _folder = new TemporaryFolder();
        Environment.CurrentDirectory = _folder.Path;
    }

    [OneTimeTearDown]
    public void Leave()
    {
        Environment.CurrentDirectory = _before;
        _folder?.Dispose();
    }
}
