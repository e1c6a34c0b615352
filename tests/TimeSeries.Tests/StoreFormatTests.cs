using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Log;
using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests;

/// <summary>Bytes worked out by hand from docs/formats/store.md: what is on disk must stay readable.</summary>
public class StoreFormatTests
{
    [Test]
    public void A_chunk_has_the_bytes_of_the_format_page()
    {
        var block = new SampleBlock();
        new[] { StoreStage.Start, StoreStage.Start + 10_000_000_000 }.CopyTo(block.AddTimes(2));
        new[] { 42L, 42L }.CopyTo(block.ColumnOf(0, FieldKind.Integer, 0).AddRows(2));
        new[] { 5725L, 5726L }.Select(cents => BitConverter.DoubleToInt64Bits(cents / 100.0)).ToArray().CopyTo(block.ColumnOf(3, FieldKind.Float, 0).AddRows(2));

        var chunk = new ChunkWriter().Encode(block);

        Assert.That(Hex(chunk[..^4]), Is.EqualTo(
            "02 02 03" // version, two rows, seconds
            + " 01 80 BE DB 95 0D 05 14" // differences: zigzag of 1,767,600,000; five bits, zigzag of 10
            + " 02" // columns
            + " 00 01 01 54" // place 0, an integer, constant, all rows; one byte: zigzag of 42
            + " 03 10 07 02 00 00 81 BA 59 02")); // place 3, a float, decimals; scale 2, no exceptions, plain, one bit relative to 5725: 0 and 1
        Assert.That(BitConverter.ToUInt32(chunk[^4..]), Is.EqualTo(Crc32C.Of(chunk[..^4])));
    }

    [Test]
    public void A_chunk_of_version_1_is_still_read()
    {
        var body = Convert.FromHexString("0102030180BEDB950D0514020001015403100702000081BA5902");
        var block = new SampleBlock();

        new ChunkReader().Decode([.. body, .. BitConverter.GetBytes(Crc32C.Of(body))], block);

        Assert.That(block.Times.ToArray(), Is.EqualTo(new[] { StoreStage.Start, StoreStage.Start + 10_000_000_000 }));
        Assert.That(block.Columns[0].Bits.ToArray(), Is.EqualTo(new[] { 42L, 42L }));
        Assert.That(block.Columns[1].Bits.ToArray().Select(BitConverter.Int64BitsToDouble), Is.EqualTo(new[] { 57.25, 57.26 }));
    }

    [Test]
    public void Coded_integers_have_the_bytes_of_the_format_page()
    {
        // 1000 twenty times, 1001 and 1002 ten times each: the codes are 0, 10 and 11.
        var values = Enumerable.Range(0, 40).Select(i => 1000L + (i % 4 == 1 ? 1 : i % 4 == 3 ? 2 : 0)).ToArray();
        var output = new ByteWriter();

        IntegerPacking.Encode(values, output, new EntropyPacking());

        Assert.That(Hex(output.Written), Is.EqualTo(
            "02 D0 0F" // coded, plain; zigzag of the smallest, 1000
            + " 00 22" // no low bits, three buckets, longest code 2: 000000 000010 0010
            + " B1" // lengths 1, 2, 2 as steps -1, +1, 0 from the longest: 10 110 0; then the codes of the values: 0, 10, 0, 11 ...
            + " 34 D3 4D 34 D3 4D 34 C0"));
    }

    [Test]
    public async Task A_log_record_has_the_bytes_of_the_format_page()
    {
        await using var stage = new StoreStage();
        using var batch = stage.Store.RentBatch("web01");
        stage.Fill(batch, "m f=0.5,n=-1i 1767600000000000000\nm n=2i 1767600000000000001\n");
        var output = new ByteWriter();

        LogRecord.Encode(batch, output);

        Assert.That(Hex(output.Written[..^4]), Is.EqualTo(
            "01 05 77 65 62 30 31 02" // version, origin, two rows
            + " 00 80 80 D8 8F B7 B5 E3 87 31 05 00 00 00 00 00 00 E0 3F 01" // series 0, the time, two values in order: 0.5 and -1
            + " 00 02 02 01 04")); // the same series, a nanosecond later, one value not in order: place 1, 2
    }

    [Test]
    public void The_checksum_is_that_of_RFC_3720() => Assert.That(Crc32C.Of("123456789"u8), Is.EqualTo(0xE3069283));

    private static string Hex(ReadOnlySpan<byte> bytes) => string.Join(' ', bytes.ToArray().Select(value => value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
}
