using System.Text;

namespace NocMonitor.LineProtocol.Tests;

public class RawTagsTests
{
    [TestCase("m", "")]
    [TestCase("m,a=1,b=2", "a=1 b=2")]
    [TestCase(@"m\,n,a\ b=c\=d,e=\f", @"a b=c=d e=\f")]
    [TestCase("m,ö=ü", "ö=ü")]
    public void Tags_come_as_the_parsed_key_has_them(string key, string expected)
    {
        var tags = new RawTags(Encoding.UTF8.GetBytes(key));
        var found = new List<string>();

        while (tags.Read())
        {
            Assert.That(tags.Is(tags.Key), Is.True);
            Assert.That(tags.Is(tags.Key + "x"), Is.False);
            found.Add($"{tags.Key}={tags.Value}");
        }

        Assert.That(string.Join(' ', found), Is.EqualTo(expected));
        Assert.That(found, Is.EqualTo(SeriesKey.Parse(Encoding.UTF8.GetBytes(key)).Tags.Select(tag => $"{tag.Key}={tag.Value}")));
    }
}
