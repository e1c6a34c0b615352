using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Operations;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Inventory.Devices;

public class InventoryStoreTests
{
    private const int Many = 1000;

    private TemporaryFolder _folder = null!;
    private OperationsDatabase _database = null!;
    private InventoryStore _store = null!;

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        _database = OperationsDatabase.Open(_folder.Path, new ManualTimeProvider(), NullLogger.Instance);
        _store = new InventoryStore(_database);
    }

    [TearDown]
    public async Task Close()
    {
        _store.Dispose();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task A_transaction_of_somebody_else_comes_in_between_many_decisions()
    {
        Task<int>? alert = null;

        await _store.DecideAsync(
            (_, decisions) =>
            {
                decisions.Add(_ => alert = _database.WriteAsync(_ => _store.Read().Devices.Count, CancellationToken.None).AsTask());
                Enumerable.Range(0, Many).ToList().ForEach(number => decisions.Add(Saving($"sw{number}")));
                return true;
            },
            CancellationToken.None);

        Assert.That(await alert!, Is.InRange(1, Many / 2), "it saw some of them saved and most not");
        Assert.That(_store.Read().Devices, Has.Count.EqualTo(Many));
    }

    [Test]
    public async Task A_change_waits_for_the_decisions_before_it_and_sees_them_all()
    {
        Task<int>? change = null;

        await _store.DecideAsync(
            (_, decisions) =>
            {
                decisions.Add(_ => change = _store.ChangeAsync((content, _) => content.Devices.Count, CancellationToken.None).AsTask());
                Enumerable.Range(0, Many).ToList().ForEach(number => decisions.Add(Saving($"sw{number}")));
                return true;
            },
            CancellationToken.None);

        Assert.That(await change!, Is.EqualTo(Many));
    }

    [Test]
    public void Decisions_that_are_broken_off_are_whole_and_listeners_are_told_what_is_there()
    {
        using var gone = new CancellationTokenSource();
        var told = -1;
        _store.Changed += content => told = content.Devices.Count;

        Assert.That(
            async () => await _store.DecideAsync(
                (_, decisions) =>
                {
                    decisions.Add(_ => gone.Cancel());
                    Enumerable.Range(0, Many).ToList().ForEach(number => decisions.Add(Saving($"sw{number}")));
                    return true;
                },
                gone.Token),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(told, Is.InRange(1, Many / 2).And.EqualTo(_store.Read().Devices.Count));
    }

    private static Action<InventoryTables> Saving(string name) => tables => tables.Save(SomeDevice.Of(name, "address=10.0.0.1"), "anna", SomeDevice.Monday);
}
