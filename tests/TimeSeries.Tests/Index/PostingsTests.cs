using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Tests.Index;

public class PostingsTests
{
    [Test]
    public void Ids_come_back_whatever_their_distance()
    {
        int[] ids = [0, 1, 128, 129, 16_511, 16_512, 2_113_663, 2_113_664, 270_549_119, 270_549_120, int.MaxValue];
        var postings = Of(ids);

        Assert.That(Read(postings), Is.EqualTo(ids));
        Assert.That(Read(Of([])), Is.Empty);
    }

    [Test]
    public void Without_some_the_others_are_left_and_more_can_follow()
    {
        var postings = Of([3, 5, 900, 901, 70_000]);

        var rest = postings.Without([3, 4, 901, 70_000]);
        rest.Add(70_001);

        Assert.That(Read(rest), Is.EqualTo(new[] { 5, 900, 70_001 }));
        Assert.That(Read(postings), Is.EqualTo(new[] { 3, 5, 900, 901, 70_000 }));
    }

    [Test]
    public async Task Who_reads_while_ids_are_added_sees_a_beginning_of_them()
    {
        var postings = new Postings();
        var added = 0;
        var reader = Task.Run(() =>
        {
            var wrong = 0;
            while (Volatile.Read(ref added) < 50_000)
            {
                var ids = Read(postings);
                wrong += ids.Where((id, i) => id != i * 37).Count();
            }

            return wrong;
        });
        for (var i = 0; i < 50_000; i++)
        {
            postings.Add(i * 37);
            Volatile.Write(ref added, i + 1);
        }

        Assert.That(await reader, Is.Zero);
    }

    private static Postings Of(int[] ids)
    {
        var postings = new Postings();
        Array.ForEach(ids, postings.Add);
        return postings;
    }

    private static List<int> Read(Postings postings)
    {
        var ids = new List<int>();
        postings.CopyTo(ids);
        return ids;
    }
}
