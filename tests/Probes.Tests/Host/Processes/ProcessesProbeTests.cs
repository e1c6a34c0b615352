using System.Buffers.Binary;
using System.Text;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.Processes;
using NocMonitor.Probes.Host.SystemLoad;

namespace NocMonitor.Probes.Tests.Host.Processes;

public class ProcessesProbeTests
{
    [Test]
    [Platform("Linux")]
    public async Task Processes_are_counted_by_the_letter_of_their_state()
    {
        using var host = new HostFiles();
        var id = 1;
        foreach (var state in "RSSSDZTtIPXW?")
        {
            host.Write($"proc/{id}/stat", Stat(id++, "x", state, 2));
        }

        host.Write("proc/stat", "cpu 1 2 3 4\n").Write("proc/77x/stat", Stat(77, "x", 'R', 1)).Write("proc/78/stat", "78 (torn) S 1");

        var point = (await PointList.OfRoundAsync(Probe(host.Root))).Single();

        Assert.That(point.ToString(), Is.EqualTo(
            "processes running=1i,sleeping=3i,blocked=1i,zombies=1i,stopped=2i,idle=1i,parked=1i,dead=1i,paging=1i,unknown=1i,total=13i,total_threads=26i"));
    }

    [TestCase("1 (a) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 12 0 99", 'S', 12)]
    [TestCase("1 (evil) R 9 (x) D 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 3 0 99", 'D', 3, TestName = "A_name_may_look_like_the_rest")]
    [TestCase("1 (a) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 12", null, null, TestName = "A_number_of_threads_that_may_be_cut_does_not_count")]
    [TestCase("1 (a", null, null)]
    [TestCase("", null, null)]
    public void State_and_threads_of_one_process(string text, char? state, int? threads)
    {
        var good = ProcessStat.TryParse(Encoding.ASCII.GetBytes(text), out var stat);

        Assert.That(good ? (stat.State, (int)stat.Threads) : ((char?, int?))(null, null), Is.EqualTo((state, threads)));
    }

    [Test]
    [Platform("Linux")]
    public async Task On_the_live_machine_the_states_add_up()
    {
        var point = (await PointList.OfRoundAsync(Probe(new HostRoot(HostRoot.Default)))).Single();

        Assert.That(point.Number("total"), Is.GreaterThan(1));
        string[] states = ["running", "sleeping", "blocked", "zombies", "stopped", "idle", "parked", "dead", "paging", "unknown"];
        Assert.That(states.Sum(point.Number), Is.EqualTo(point.Number("total")));
        Assert.That(point.Number("total_threads"), Is.GreaterThanOrEqualTo(point.Number("total")));
        Assert.That(point.Number("unknown"), Is.Zero);
    }

    [Test]
    public void The_process_table_of_windows_is_counted_by_what_the_threads_do()
    {
        byte[] table =
        [
            .. Entry(0, last: false, (2, 0), (2, 0)),
            .. Entry(4, last: false, (5, 0), (1, 0)),
            .. Entry(8, last: false, (5, 5), (5, 5)),
            .. Entry(12, last: false),
            .. Entry(16, last: true, (5, 6), (7, 0)),
        ];

        Assert.That(ProcessesProbe.ToPoint(table).ToString(), Is.EqualTo("processes running=2i,sleeping=1i,stopped=1i,total=4i,total_threads=6i"));
        Assert.That(SystemProbe.CountQueued(table), Is.EqualTo(2));
    }

    [Test]
    public void A_process_table_cut_anywhere_is_read_as_far_as_it_goes()
    {
        byte[] table = [.. Entry(4, last: false, (5, 0)), .. Entry(8, last: true, (1, 0), (1, 0))];

        for (var length = 0; length <= table.Length; length++)
        {
            Assert.That(SystemProbe.CountQueued(table.AsSpan(0, length)), Is.InRange(0, 2));
        }
    }

    private static ProcessesProbe Probe(HostRoot root) => new(new ProcessesOptions { Root = root });

    private static string Stat(int id, string name, char state, int threads) =>
        $"{id} ({name}) {state} 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 {threads} 0 99 0\n";

    private static byte[] Entry(long id, bool last, params (uint State, uint Reason)[] threads)
    {
        var entry = new byte[256 + (threads.Length * 80)];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, last ? 0 : (uint)entry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), (uint)threads.Length);
        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(80), id);
        for (var i = 0; i < threads.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(256 + (i * 80) + 68), threads[i].State);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(256 + (i * 80) + 72), threads[i].Reason);
        }

        return entry;
    }
}
