using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Derivation;
using NocMonitor.Collector.Events;
using NocMonitor.Collector.Telemetry;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Tests.Derivation;

public class PointDerivationTests
{
    private static readonly DerivationOptions Options = new() { MaxGap = TimeSpan.FromMinutes(15), Tolerance = 5 };

    private readonly ManualTimeProvider _time = new();
    private readonly CollectorMeter _meter = new();
    private TemporaryFolder _folder = null!;
    private TimeSeriesStore _store = null!;
    private PointDerivation _rates = null!;

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        _store = TimeSeriesStore.Open(new StoreOptions { Folder = _folder.Path, MinimumFreeBytes = 0 }, _time, NullLogger.Instance);
        _rates = new PointDerivation(_store, Options, new TrapEvents(() => [], new PortDirectory(_store)), new DerivationMetrics(_meter), NullLogger<PointDerivation>.Instance);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
        _meter.Dispose();
    }

    [Test]
    public async Task A_batch_that_was_not_stored_is_derived_again_when_it_comes_again()
    {
        await CommitAsync(Batch((0, 0)));
        using (var lost = Batch((60, 7500)))
        {
            _rates.Forget(lost);
        }

        var batch = Batch((60, 7500), (120, 22500));

        Assert.That(Rates(batch), Is.EqualTo(new[] { "60: 1000", "120: 2000" }));
        batch.Dispose();
    }

    [Test]
    public async Task Wherever_the_collector_starts_again_the_rates_are_those_of_one_that_ran_on()
    {
        var samples = Life(new Random(4711), 40);
        var whole = Batch(samples);
        var expected = Rates(whole);
        whole.Dispose();

        var rates = new List<string>();
        _rates = new PointDerivation(_store, Options, new TrapEvents(() => [], new PortDirectory(_store)), new DerivationMetrics(_meter), NullLogger<PointDerivation>.Instance);
        foreach (var sample in samples)
        {
            // All of its state is gone but what the store has.
            using (var nothing = Batch(derive: false, sample))
            {
                _rates.Forget(nothing);
            }

            var batch = Batch(sample);
            rates.AddRange(Rates(batch));
            await CommitAsync(batch);
        }

        Assert.That(rates, Is.EqualTo(expected).And.Not.Empty);
    }

    [Test]
    public void A_row_that_was_added_to_keeps_its_values_and_does_not_count_them_twice()
    {
        using var batch = Batch((0, 0), (60, 7500));

        Assert.That(batch.ValueCount, Is.EqualTo(2 + 1));
        Assert.That(batch.Values(batch.Rows[1]).ToArray().Select(value => value.AsDouble()), Is.EqualTo(new double[] { 7500, 1000 }));
    }

    /// <summary>Polls of a minute with holes, gaps and falls.</summary>
    private static (int Second, long Octets)[] Life(Random random, int polls)
    {
        var samples = new List<(int, long)>();
        var (second, octets) = (0, 0L);
        for (var poll = 0; poll < polls; poll++)
        {
            second += random.Next(8) == 0 ? 1200 : 60;
            octets = random.Next(8) == 0 ? random.Next(1000) : octets + random.Next(10_000_000);
            samples.Add((second, octets));
        }

        return [.. samples];
    }

    private SampleBatch Batch(params ReadOnlySpan<(int Second, long Octets)> samples) => Batch(derive: true, samples);

    private SampleBatch Batch(bool derive, params ReadOnlySpan<(int Second, long Octets)> samples)
    {
        var batch = _store.RentBatch("test");
        var start = UnixNanoseconds.From(_time.GetUtcNow()) - 86_400_000_000_000;
        foreach (var (second, octets) in samples)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"interface,host=sw1,ifName=eth0 ifHCInOctets={octets}i {start + (second * 1_000_000_000L)}");
            var reader = new LineReader(new LineScratch(), Encoding.UTF8.GetBytes(line), isFinal: true, TimePrecision.Nanoseconds, LineLimits.Default);
            Assert.That(reader.Read() && batch.TryAdd(ref reader, UnixNanoseconds.From(_time.GetUtcNow()), out _), Is.True);
        }

        if (derive)
        {
            _rates.Derive(batch);
        }

        return batch;
    }

    private async Task CommitAsync(SampleBatch batch)
    {
        await _store.CommitAsync(batch, default);
        batch.Dispose();
    }

    private List<string> Rates(SampleBatch batch)
    {
        var start = UnixNanoseconds.From(_time.GetUtcNow()) - 86_400_000_000_000;
        var rates = new List<string>();
        foreach (ref readonly var row in batch.Rows)
        {
            foreach (ref readonly var value in batch.Values(row))
            {
                if (row.Series.Fields[value.Field].Name == "in_bits_per_second")
                {
                    rates.Add(string.Create(CultureInfo.InvariantCulture, $"{(row.Timestamp - start) / 1_000_000_000}: {value.AsDouble()}"));
                }
            }
        }

        return rates;
    }
}
