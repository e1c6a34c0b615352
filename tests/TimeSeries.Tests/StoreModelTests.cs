using System.Globalization;
using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests;

/// <summary>The store against the plainest store there is, a dictionary, over random work: late points, duplicates, new fields, compaction, restarts.</summary>
public class StoreModelTests
{
    private static readonly string[] Keys = ["m,host=a", "m,host=b", "n", "n,x=1,y=2"];

    [Test]
    public async Task Whatever_happens_a_store_holds_what_a_dictionary_holds([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var model = Keys.ToDictionary(key => key, _ => new SortedDictionary<long, SortedDictionary<string, string>>());
        await using var stage = new StoreStage(options => options with { FlushAge = TimeSpan.FromMinutes(1), LogTargetBytes = 1 << 16 });

        for (var step = 0; step < 60; step++)
        {
            await ActAsync(random, stage, model);
        }

        Assert.That(Describe(stage), Is.EqualTo(Describe(model)));
        await stage.ReopenAsync();
        Assert.That(Describe(stage), Is.EqualTo(Describe(model)));
        stage.Store.Compact();
        Assert.That(Describe(stage), Is.EqualTo(Describe(model)));
    }

    private static async Task ActAsync(Random random, StoreStage stage, Dictionary<string, SortedDictionary<long, SortedDictionary<string, string>>> model)
    {
        switch (random.Next(10))
        {
            case < 6:
                var lines = Enumerable.Range(0, random.Next(1, 60)).Select(_ => Line(random, model)).ToList();
                await stage.WriteAsync(string.Concat(lines));
                break;
            case 6:
                stage.Store.Compact();
                break;
            case 7:
                stage.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 40)));
                break;
            case 8:
                await stage.ReopenAsync();
                break;
            default:
                Assert.That(Describe(stage), Is.EqualTo(Describe(model)));
                break;
        }
    }

    private static string Line(Random random, Dictionary<string, SortedDictionary<long, SortedDictionary<string, string>>> model)
    {
        var key = Keys[random.Next(Keys.Length)];
        var second = random.Next(-9000, 600);
        var row = model[key].TryGetValue(second, out var known) ? known : model[key][second] = new(StringComparer.Ordinal);
        var fields = new List<string>();
        foreach (var field in Enumerable.Range(0, 70).OrderBy(_ => random.Next()).Take(random.Next(1, 5)))
        {
            var (written, read) = Value(random, field);
            row[$"f{field}"] = read;
            fields.Add($"f{field}={written}");
        }

        return StoreStage.At(second, string.Join(',', fields), key);
    }

    /// <summary>The kind follows from the field, as the store demands.</summary>
    private static (string Written, string Read) Value(Random random, int field)
    {
        switch (field % 5)
        {
            case 0:
                var number = (random.Next(-1000, 1000) / 8.0).ToString(CultureInfo.InvariantCulture);
                return (number, number);
            case 1:
                var integer = random.NextInt64(-5, 5).ToString(CultureInfo.InvariantCulture);
                return ($"{integer}i", integer);
            case 2:
                var unsigned = ((ulong)random.NextInt64() * 2).ToString(CultureInfo.InvariantCulture);
                return ($"{unsigned}u", unsigned);
            case 3:
                return random.Next(2) == 0 ? ("true", "true") : ("false", "false");
            default:
                var text = $"text {random.Next(40)}";
                return ($"\"{text}\"", text);
        }
    }

    private static string Describe(StoreStage stage) => string.Join('\n', Keys.SelectMany(key =>
        stage.Store.Index.Find(key.Split(',')[0]).Where(series => series.ToString() == key).SelectMany(series => Samples.Of(stage.Store, series)).Prepend(key)));

    private static string Describe(Dictionary<string, SortedDictionary<long, SortedDictionary<string, string>>> model) => string.Join('\n', Keys.SelectMany(key =>
        model[key].Select(row => $"{row.Key} {string.Join(' ', row.Value.Select(field => $"{field.Key}={field.Value}").Order(StringComparer.Ordinal))}").Prepend(key)));
}
