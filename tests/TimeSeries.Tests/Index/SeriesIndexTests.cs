using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests.Index;

public class SeriesIndexTests
{
    private StoreStage _stage = null!;

    private SeriesIndex Index => _stage.Store.Index;

    [SetUp]
    public async Task FillStoreAsync()
    {
        _stage = new StoreStage();
        await _stage.WriteAsync("cpu,host=a,dc=x f=1\ncpu,host=b,dc=x f=1\ncpu,host=c,dc=y f=1\ncpu f=1\nmem,host=a used=1i,free=2i");
    }

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [Test]
    public void Measurements_tags_values_and_fields_are_listed_in_order()
    {
        Assert.That(Index.Measurements, Is.EqualTo(["cpu", "mem"]));
        Assert.That(Index.TagKeys("cpu"), Is.EqualTo(["dc", "host"]));
        Assert.That(Index.TagValues("cpu", "host"), Is.EqualTo(["a", "b", "c"]));
        Assert.That(Index.Fields("mem").Select(field => $"{field.Name} {field.Kind}"), Is.EqualTo(["free Integer", "used Integer"]));
        Assert.That(Index.TagKeys("disk").Concat(Index.TagValues("cpu", "os")), Is.Empty);
    }

    [Test]
    public void Matchers_select_series_and_a_missing_tag_counts_as_empty()
    {
        Assert.That(Found(TagMatcher.Equal("dc", "x")), Is.EqualTo("a b"));
        Assert.That(Found(TagMatcher.Equal("dc", "x"), TagMatcher.NotEqual("host", "a")), Is.EqualTo("b"));
        Assert.That(Found(TagMatcher.NotEqual("host", "a")), Is.EqualTo("b c -"));
        Assert.That(Found(TagMatcher.Equal("host", "")), Is.EqualTo("-"));
        Assert.That(Found(TagMatcher.NotEqual("host", "")), Is.EqualTo("a b c"));
        Assert.That(Found(TagMatcher.OneOf("host", ["c", "no", "a"])), Is.EqualTo("a c"));
        Assert.That(Found(TagMatcher.Where("host", host => host is "c" or "a")), Is.EqualTo("a c"));
        Assert.That(Found(TagMatcher.Where("dc", dc => dc != "x")), Is.EqualTo("c -"));
        Assert.That(Found(TagMatcher.Equal("nosuch", "v")), Is.Empty);
        Assert.That(Found(), Is.EqualTo("a b c -"));
    }

    [Test]
    public async Task The_same_is_found_after_a_restart()
    {
        await _stage.ReopenAsync();

        Measurements_tags_values_and_fields_are_listed_in_order();
        Matchers_select_series_and_a_missing_tag_counts_as_empty();
    }

    private string Found(params TagMatcher[] matchers) => string.Join(' ', Index.Find("cpu", matchers).Select(series => series.Key.FindTag("host") ?? "-"));
}
