using NocMonitor.Probes.Host;

namespace NocMonitor.Probes.Tests.Host;

public class NameListTests
{
    private readonly List<string> _made = [];
    private readonly List<string> _disposed = [];

    [SetUp]
    public void Forget()
    {
        _made.Clear();
        _disposed.Clear();
    }

    [Test]
    public void What_is_seen_again_in_whatever_order_is_the_same()
    {
        var list = new NameList<Device>(Make);

        Round(list, "a", "b", "c");
        Round(list, "c", "a", "b", "b");

        Assert.That(_made, Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public void What_a_round_did_not_see_is_disposed_and_made_anew_when_it_comes_back()
    {
        var list = new NameList<Device>(Make);

        Round(list, "a", "b");
        Round(list, "a");
        Round(list, "a", "b");

        Assert.That((string.Join(' ', _made), string.Join(' ', _disposed)), Is.EqualTo(("a b b", "b")));
    }

    [Test]
    public void Clearing_disposes_all()
    {
        var list = new NameList<Device>(Make);
        Round(list, "a", "b");

        list.Clear();

        Assert.That(_disposed, Is.EqualTo(new[] { "a", "b" }));
    }

    private static void Round(NameList<Device> list, params string[] names)
    {
        list.Begin();
        foreach (var name in names)
        {
            Assert.That(list.Get(System.Text.Encoding.UTF8.GetBytes(name)).Name, Is.EqualTo(name));
        }

        list.End();
    }

    private Device Make(string name)
    {
        _made.Add(name);
        return new Device(name, _disposed);
    }

    private sealed class Device(string name, List<string> disposed) : IDisposable
    {
        public string Name => name;

        public void Dispose() => disposed.Add(name);
    }
}
