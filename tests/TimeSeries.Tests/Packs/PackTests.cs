using NocMonitor.Testing;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Packs;
using NocMonitor.TimeSeries.Reading;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Tests.Packs;

public class PackTests
{
    private TemporaryFolder _folder = null!;
    private ChunkFile _file = null!;

    [SetUp]
    public void OpenFile()
    {
        _folder = new TemporaryFolder();
        _file = ChunkFile.Open(_folder.Path);
    }

    [TearDown]
    public void CloseFile()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Chunks_in_order_and_out_of_order_rewritten_deleted_and_folded_are_those_of_a_dictionary([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var model = new Dictionary<long, byte[]>();

        for (var step = 0; step < 40; step++)
        {
            _file.Transact(() => Act(random, model));
            Assert.That(Differences(model), Is.Empty, $"after step {step}");
        }
    }

    [Test]
    public void What_is_rolled_back_leaves_nothing_behind()
    {
        var random = new Random(3);
        var model = new Dictionary<long, byte[]>();
        _file.Transact(() => WriteInOrder(random, model, 1, 0, 30));

        Assert.That(() => _file.Transact(() =>
        {
            WriteInOrder(random, [], 1, 30, 60);
            throw new InvalidOperationException("a full disk");
        }), Throws.InvalidOperationException);
        _file.Transact(() => WriteInOrder(random, model, 1, 40, 50));

        Assert.That(Differences(model), Is.Empty);
    }

    [Test]
    public void Rows_fill_their_pages()
    {
        var model = new Dictionary<long, byte[]>();
        _file.Transact(() => WriteInOrder(new Random(9), model, 1, 0, 1000, 6000));
        _file.Shrink(int.MaxValue);

        Assert.That(new FileInfo(Path.Combine(_folder.Path, ChunkFile.Name)).Length / (double)model.Values.Sum(body => body.Length), Is.LessThan(1.05));
    }

    [Test]
    public void Folding_brings_chunks_out_of_order_as_close_together_as_those_in_order()
    {
        var random = new Random(4);
        var model = new Dictionary<long, byte[]>();
        _file.Transact(() => WriteInOrder(random, model, 1, 300, 600, 6000));
        _file.Transact(() => WriteInOrder(random, model, 1, 0, 300, 6000));
        _file.Transact(() => WriteInOrder(random, model, 1, 600, 900, 6000));
        for (var series = 1000; series < 2000; series += 3)
        {
            Write(random, model, ChunkId.Of(1, 2000 - series), 6000);
        }

        FoldAll();
        _file.Shrink(int.MaxValue);

        Assert.That(Differences(model), Is.Empty);
        Assert.That(new FileInfo(Path.Combine(_folder.Path, ChunkFile.Name)).Length / (double)model.Values.Sum(body => body.Length), Is.LessThan(1.05));
    }

    [Test]
    public void A_row_with_a_torn_directory_costs_its_chunks_and_no_others()
    {
        var model = new Dictionary<long, byte[]>();
        _file.Transact(() => WriteInOrder(new Random(9), model, 1, 0, 40, 3000));
        using (var database = Database.OpenForWriting(Path.Combine(_folder.Path, ChunkFile.Name)))
        {
            database.Execute("UPDATE packs SET body = X'7F' || substr(body, 2) WHERE id = (SELECT id FROM packs ORDER BY id LIMIT 1 OFFSET 3)");
        }

        var lost = model.Keys.Where(id => !IsReadable(id, model[id])).ToList();

        Assert.That(lost, Has.Count.InRange(1, 10));
        Assert.That(() => _file.Transact(() => WriteInOrder(new Random(10), model, 1, 0, 40, 3000)), Throws.Nothing);
        Assert.That(Differences(model), Is.Empty);
    }

    [Test]
    public void A_row_has_the_bytes_of_the_format_page()
    {
        var row = new PackRow(100);
        row.Start(PackId.Of(ChunkId.Of(5, 7), 1));
        row.Carry([0xC1, 0xC2]);
        row.Add(9, 3, [0xA1, 0xA2, 0xA3]);
        row.Add(300, 200, [0xB1]);

        var bytes = row.Encode();

        Assert.That(row.Id, Is.EqualTo(((5L << 24 | 7) << 8) | 1));
        Assert.That(Convert.ToHexString(bytes[..7]), Is.EqualTo("0202" + "0203" + "A302" + "C8"), "two carried bytes, two chunks; series 7 + 2, 3 bytes; 291 further, 200 bytes");
        Assert.That(bytes[7], Is.EqualTo(1));
        Assert.That(BitConverter.ToUInt32(bytes[8..12]), Is.EqualTo(Crc32C.Of(bytes[..8])));
        Assert.That(Convert.ToHexString(bytes[12..]), Is.EqualTo("C1C2A1A2A3B1"));
    }

    [Test]
    public void Every_changed_byte_of_a_directory_is_told()
    {
        var row = new PackRow(1000);
        row.Start(PackId.Of(ChunkId.Of(5, 7), 0));
        row.Add(7, 3, [1, 2, 3]);
        row.Add(400, 2, [4, 5]);
        var bytes = row.Encode().ToArray();

        for (var at = 0; at < bytes.Length - 5; at++)
        {
            var torn = bytes.ToArray();
            torn[at] ^= 0x41;
            Assert.That(() => PackView.Open(row.Id, torn).Count, Throws.InstanceOf<TornDataException>(), $"byte {at}");
        }
    }

    private void Act(Random random, Dictionary<long, byte[]> model)
    {
        var hour = random.Next(1, 3);
        switch (random.Next(8))
        {
            case < 3:
                var first = random.Next(200);
                WriteInOrder(random, model, hour, first, first + random.Next(1, 40));
                break;
            case < 5:
                Write(random, model, ChunkId.Of(hour, random.Next(200)));
                break;
            case 5:
                for (var i = 0; i < 10; i++)
                {
                    var id = ChunkId.Of(hour, random.Next(200));
                    _file.DeleteChunk(id);
                    model.Remove(id);
                }

                break;
            case 6:
                _file.Fold(ChunkId.Of(hour, random.Next(100)), long.MaxValue);
                break;
            default:
                var read = ChunkId.Of(hour, random.Next(200));
                Assert.That(IsReadable(read, model.GetValueOrDefault(read)), Is.True);
                break;
        }
    }

    private void FoldAll()
    {
        for (long? from = long.MinValue; from is not null;)
        {
            _file.Transact(() => from = _file.Fold(from.Value, long.MaxValue));
        }
    }

    private void WriteInOrder(Random random, Dictionary<long, byte[]> model, int hour, int first, int end, int longest = 0)
    {
        for (var series = first; series < end; series++)
        {
            Write(random, model, ChunkId.Of(hour, series), longest);
        }
    }

    private void Write(Random random, Dictionary<long, byte[]> model, long id, int longest = 0)
    {
        var body = new byte[random.Next(1, longest > 0 ? longest : random.Next(10) switch { 0 => 60_000, 1 => 100, _ => 6000 })];
        random.NextBytes(body);
        _file.WriteChunk(id, body);
        model[id] = body;
    }

    private bool IsReadable(long id, byte[]? expected)
    {
        byte[]? body = null;
        try
        {
            _file.ReadChunk(id, bytes => body = bytes.ToArray());
        }
        catch (TornDataException)
        {
            return false;
        }

        return body is null ? expected is null : expected is not null && body.SequenceEqual(expected);
    }

    /// <summary>What a reader's connection sees differently.</summary>
    private List<string> Differences(Dictionary<long, byte[]> model)
    {
        using var connection = new ReadConnection(Path.Combine(_folder.Path, ChunkFile.Name), new FlushCount());
        var differences = new List<string>();
        for (var hour = 1; hour <= 2; hour++)
        {
            for (var series = 0; series < 1100; series++)
            {
                var id = ChunkId.Of(hour, series);
                byte[]? body = null;
                var isSingle = connection.Chunk.Bind(1, id).Step();
                body = isSingle ? connection.Chunk.Blob(0).ToArray() : null;
                connection.Chunk.Reset();
                var isPacked = false;
                try
                {
                    isPacked = connection.Packs.Read(id, bytes => body ??= bytes.ToArray());
                }
                catch (TornDataException fault) when (!isSingle)
                {
                    differences.Add($"hour {hour} series {series}: {fault.Message}");
                }
                catch (TornDataException)
                {
                    isPacked = false;
                }

                if ((isSingle && isPacked) || !Same(body, model.GetValueOrDefault(id)))
                {
                    differences.Add($"hour {hour} series {series}: {body?.Length} bytes, single {isSingle}, packed {isPacked}");
                }
            }
        }

        return differences;
    }

    private static bool Same(byte[]? left, byte[]? right) => left is null ? right is null : right is not null && left.SequenceEqual(right);
}
