using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Tests.Catalog;

public class KeyDifferenceTests
{
    private static readonly string[] Tags = ["a=1", "host=web01", "host=web02", "host=", "region=eu-west-1", "rack=7", "rack=77", "os=Ubuntu16.04LTS", "x=ä\\,b", "zz=\\=", "", ","];

    private static readonly Gen<byte[]> Keys =
        from measurement in Gen.Elements("cpu", "mem", "m", "a\\,b")
        from tags in Gen.Elements(Tags).ArrayOf()
        select Encoding.UTF8.GetBytes(string.Join(',', tags.Prepend(measurement)));

    [Test]
    public void Every_key_comes_back_from_every_other() => Prop.ForAll(Keys.Two().ToArbitrary(), pair =>
    {
        var output = new ByteWriter();
        KeyDifference.Write(pair.Item1, pair.Item2, output);
        var back = new ByteWriter();
        KeyDifference.Read(output.Written, pair.Item2, back);
        return back.Written.SequenceEqual(pair.Item1);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(20));

    [Test]
    public void Another_measurement_of_the_same_host_takes_few_bytes()
    {
        var output = new ByteWriter();

        KeyDifference.Write("disk,arch=x64,fstype=ext4,host=web01,path=/,region=eu"u8, "cpu,arch=x64,host=web01,region=eu"u8, output);

        Assert.That(Convert.ToHexString(output.Written), Is.EqualTo(
            "05" + Hex("disk,") + "0409" // ",arch=x64," from the fifth byte on
            + "0C" + Hex("fstype=ext4,") + "0D0B" // "host=web01,"
            + "07" + Hex("path=/,") + "1809")); // "region=eu"
    }

    [Test]
    public void A_torn_difference_is_told_and_never_reads_beyond_the_other_key()
    {
        var output = new ByteWriter();
        KeyDifference.Write("disk,arch=x64,host=web01"u8, "cpu,arch=x64,host=web01"u8, output);
        var whole = output.Written.ToArray();
        var told = 0;

        for (var at = 0; at < whole.Length; at++)
        {
            for (var change = 1; change < 256; change++)
            {
                var torn = whole.ToArray();
                torn[at] ^= (byte)change;
                var back = new ByteWriter();
                told += IsTold(torn, back) ? 1 : 0;
                Assert.That(back.Length, Is.LessThan(1000));
            }
        }

        Assert.That(told, Is.Positive);
    }

    private static bool IsTold(byte[] torn, ByteWriter back)
    {
        try
        {
            KeyDifference.Read(torn, "cpu,arch=x64,host=web01"u8, back);
            return false;
        }
        catch (TornDataException)
        {
            return true;
        }
    }

    private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));
}
