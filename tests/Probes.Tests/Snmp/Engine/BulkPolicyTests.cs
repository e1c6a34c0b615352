using System.Globalization;
using NocMonitor.Probes.Snmp.Engine;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>With messages of 1,264 bytes and 24 bytes assumed a varbind, 50 varbinds fit at first.</summary>
public class BulkPolicyTests
{
    private const int Unknown = int.MaxValue / 2;

    [TestCase(1, Unknown, 1, 40, TestName = "One_column_takes_the_most_repetitions")]
    [TestCase(12, Unknown, 12, 4, TestName = "Columns_travel_together_as_long_as_four_rows_fit")]
    [TestCase(41, Unknown, 11, 4, TestName = "Too_many_columns_are_split_into_even_groups")]
    [TestCase(500, Unknown, 13, 3, TestName = "Very_many_columns_too")]
    [TestCase(1, 4, 1, 4, TestName = "A_table_known_to_have_three_rows_is_asked_for_four")]
    [TestCase(41, 2, 21, 2, TestName = "Of_a_short_table_more_columns_travel_together")]
    [TestCase(1, 0, 1, 40, TestName = "A_table_that_grew_is_asked_for_as_much_as_fits")]
    public void Columns_and_rows_of_a_request(int left, int expected, int columns, int rows) =>
        Assert.That(Policy().Plan(left, Policy().NewLimit().Now, expected), Is.EqualTo((columns, rows)));

    [Test]
    public void At_the_smallest_one_value_is_asked_for()
    {
        var limit = Policy().NewLimit();

        for (var i = 0; i < 10; i++)
        {
            limit.TooMany(asked: limit.Now);
        }

        Assert.That(Policy().Plan(41, limit.Now, Unknown), Is.EqualTo((1, 1)));
    }

    [TestCase("", ExpectedResult = 50, TestName = "A_table_begins_with_what_fits")]
    [TestCase("lost20", ExpectedResult = 20, TestName = "After_losses_elsewhere_it_begins_lower")]
    [TestCase("lost20 lost12 lost30", ExpectedResult = 12, TestName = "At_the_lowest_that_was_needed")]
    [TestCase("lost20 came20", ExpectedResult = 20, TestName = "As_long_as_no_larger_answer_comes")]
    [TestCase("lost20 came21", ExpectedResult = 50, TestName = "Until_a_larger_answer_comes")]
    public int A_new_table_begins_at(string timeline)
    {
        var policy = Policy();
        foreach (var step in timeline.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Action<int> note = step.StartsWith("lost", StringComparison.Ordinal) ? policy.LostAbove : policy.CameThrough;
            note(int.Parse(step[4..], CultureInfo.InvariantCulture));
        }

        return policy.NewLimit().Now;
    }

    [Test]
    public void Two_failures_in_a_row_end_bulk_and_a_thousand_answers_later_it_is_tried_once_more()
    {
        var policy = Policy();
        var uses = new List<bool>();

        policy.BulkFailed();
        policy.BulkAnswered();
        policy.BulkFailed();
        uses.Add(policy.UsesBulk);
        policy.BulkFailed();
        uses.Add(policy.UsesBulk);
        for (var i = 0; i < 1000; i++)
        {
            uses.Add(policy.UsesBulk);
            policy.GetNextAnswered();
        }

        Assert.That(uses[0], Is.True);
        Assert.That(uses.Skip(1), Has.All.False);
        Assert.That(policy.UsesBulk, Is.True);
        policy.BulkFailed();
        Assert.That(policy.UsesBulk, Is.False);
    }

    [TestCase(false, 40)]
    [TestCase(true, 0)]
    public void Version_1_and_no_repetitions_mean_no_bulk(bool hasBulk, int repetitions) =>
        Assert.That(new BulkPolicy(hasBulk, 1264, repetitions).UsesBulk, Is.False);

    private static BulkPolicy Policy() => new(hasBulk: true, messageSize: 1264, mostRepetitions: 40);
}
