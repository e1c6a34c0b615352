using NocMonitor.Collector.Rules.Language;

namespace NocMonitor.Collector.Tests.Rules.Language;

/// <summary>Whatever the text, there is a condition or one error inside the text, and no exception.</summary>
public class ConditionRobustnessTests
{
    private static readonly string[] Good =
    [
        "used_percent > 85 and free < 20GB or (inodes_free / inodes_total) * 100 < 5%",
        "not (rate(err_in, 5m) > 2.5e-1) and state != 'up' and `odd name` == \"a b\"",
        "hours_until(used_percent, 100, 6h) < 48 and forecast(x, 1h30m, 2d) >= -1.5TiB",
        "quantile(rtt, 0.95, 10m) - baseline(rtt, 3) > 0 and age(t) > 26h and up == true",
    ];

    private static readonly string[] Pieces =
    [
        "x", "y", "1", "2.5", "20GB", "5m", "1h30m", "90%", "'t'", "`n`", "and", "or", "not", "true", "false", "(", ")", ",", "+", "-", "*", "/",
        "==", "!=", "<", "<=", ">", ">=", "avg", "rate", "(x, 5m)", "=", "!", "\"", "'", "`", ".", "e5", "é", "\0", "\ud800", " ", "\n",
    ];

    [Test]
    public void Every_prefix_of_a_condition_is_a_condition_or_one_error([Range(0, 3)] int index)
    {
        for (var length = 0; length <= Good[index].Length; length++)
        {
            Check(Good[index][..length]);
        }
    }

    [Test]
    public void Every_condition_with_one_letter_changed_is_a_condition_or_one_error([Range(0, 3)] int index)
    {
        for (var i = 0; i < Good[index].Length; i++)
        {
            foreach (var letter in "()'`\"x1%. ,<=!\u0001")
            {
                Check(string.Concat(Good[index].AsSpan(0, i), letter.ToString(), Good[index].AsSpan(i + 1)));
            }
        }
    }

    [Test]
    public void Random_words_are_a_condition_or_one_error()
    {
        var random = new Random(20260105);
        for (var i = 0; i < 30_000; i++)
        {
            var words = Enumerable.Range(0, random.Next(1, 14)).Select(_ => Pieces[random.Next(Pieces.Length)]);
            Check(string.Join(random.Next(2) == 0 ? " " : "", words));
        }
    }

    private static void Check(string text)
    {
        var slots = new FieldSlots();
        var condition = Condition.Compile(text, slots, out var error);

        if (condition is null)
        {
            Assert.That(error, Is.Not.Null, text);
            Assert.That(error!.Column, Is.InRange(1, text.Length + 1), text);
            Assert.That(error.Render(text), Does.EndWith("^"), text);
            return;
        }

        Assert.That(error, Is.Null, text);
        var frame = new ConditionFrame();
        frame.Clear(slots.Count);
        frame.Windows = [.. slots.Windows.Select(spec => spec.Create())];
        condition.Evaluate(frame);
        condition.Observe(frame);
    }
}
