using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Profiles.Yaml;

namespace NocMonitor.Probes.Tests.Snmp.Profiles;

public class ProfileFaultTests
{
    [TestCase("metrics:\n- {symbols: [{OID: 1.3.x, name: a}]}", "2:20: error: '1.3.x' is not an object identifier", TestName = "A bad OID")]
    [TestCase("metrics:\n- symbol: {OID: 1.3.6, name: a, colour: red}", "2:33: unsupported: unknown key colour", TestName = "An unknown key")]
    [TestCase("metrics:\n- symbol: {OID: 1.3.6, name: a, scale_facto: 2}", "2:33: unsupported: unknown key scale_facto; did you mean scale_factor?", TestName = "A misspelt key")]
    [TestCase("metrics:\n- symbol: {OID: 1.3.6, name: a, extract_value: '(['}", "2:48: error: not a regular expression", TestName = "A bad pattern")]
    [TestCase("metrics:\n- symbol: {OID: 1.3.6, name: a, value: 'a +'}", "2:33: error: value: a value is missing at the end", TestName = "Bad arithmetic")]
    [TestCase("metrics:\n- symbol: {name: b, template: '{a'}", "2:21: error: template: a brace stands alone", TestName = "A bad template")]
    [TestCase("metrics:\n- symbol: {OID: 1.3.6, name: a, conversion: magic}", "2:33: unsupported: unknown conversion magic", TestName = "An unknown conversion")]
    [TestCase("metrics:\n- symbol: {OID: 1.3.6, name: a, enum: {up: one}}", "2:44: error: 'one' of up is not a number", TestName = "A word without a number")]
    [TestCase("metrics:\n- symbol: {OID: 1.3.6}", "2:11: error: the symbol has no name", TestName = "A symbol without a name")]
    [TestCase("metrics:\n- {MIB: A}", "2:3: error: the entry has no symbols", TestName = "An entry without symbols")]
    [TestCase("metrics:\n- symbol: {OID: 1.3.6, name: a, scale_by: [{OID: 1.3.7, as: root}]}", "2:57: error: 'root' is not multiplier", TestName = "An unknown scale")]
    [TestCase("metrics: {}\nmetrics: []", "2:1: error: the key metrics stands here twice", TestName = "A key twice")]
    [TestCase("sysobjectid: [1.3.6.x]", "1:15: error: '1.3.6.x' is not a sysObjectID", TestName = "A bad sysObjectID")]
    [TestCase("options: 1", "1:1: unsupported: unknown key options", TestName = "An unknown key of the file")]
    [TestCase("a: 1\n---\nb: 2", "2:1: unsupported: only the first document", TestName = "A second document")]
    public void A_fault_is_said_with_its_place(string text, string fault)
    {
        var faults = new ProfileFaults();

        Read(text, faults);

        Assert.That(faults.All.Select(found => found.ToString()), Has.Some.StartWith($"file.yaml:{fault}"));
    }

    [Test]
    public void A_fault_costs_its_symbol_only()
    {
        var faults = new ProfileFaults();

        var profile = Read("metrics:\n- {symbols: [{OID: 1.3.x, name: a}, {OID: 1.3.6, name: b}]}\n- symbol: {OID: 1.3.7, name: c}", faults)!;

        Assert.That(profile.Metrics.SelectMany(metric => metric.Symbols).Select(symbol => symbol.Name), Is.EqualTo(new[] { "b", "c" }));
    }

    [Test]
    public void Anchors_and_merge_keys_are_read()
    {
        var faults = new ProfileFaults();

        var profile = Read("metrics:\n- symbol: &s {OID: 1.3.6, name: a, enum: {up: 1}}\n- symbol: {<<: *s, name: b}", faults)!;

        Assert.That(faults.All, Is.Empty);
        Assert.That(profile.Metrics[1].Symbols[0] is { Name: "b", Oid: not null, Words: not null }, Is.True);
    }

    [Test]
    public void Small_files_that_unfold_to_large_ones_are_refused_or_read_in_little_work()
    {
        var faults = new ProfileFaults();
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i =>
            $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n")) + "metrics: *a30\n";
        var deep = new string('[', 10_000);
        var aliases = "a: &a 1\nb: [" + string.Join(", ", Enumerable.Repeat("*a", YamlLimits.Aliases + 1)) + "]";

        Assert.That(Read(bomb, faults)!.Metrics, Is.Empty);
        Assert.That(Read(deep, faults), Is.Null);
        Assert.That(Read(aliases, faults), Is.Null);
        Assert.That(Read("a: *a", faults), Is.Null);
        Assert.That(Read("a: &a [*a]", faults), Is.Null);
        Assert.That(Read(new string('a', YamlLimits.Bytes + 1), faults), Is.Null);
        Assert.That(faults.All, Has.Count.LessThan(200));
    }

    [Test]
    public void Every_beginning_of_a_file_is_read_or_refused_without_an_exception()
    {
        const string text = "extends: [a, b]\nmetrics:\n- table: {OID: 1.3.6.1, name: t}\n  symbols:\n  - &x {OID: 1.3, name: \"a\\u00e4\", enum: {up: 1}}\n  - <<: *x\n    value: |\n      a + 1\n";

        for (var length = 0; length <= text.Length; length++)
        {
            var part = text[..length];
            Assert.That(() => Read(part, new ProfileFaults()), Throws.Nothing, part);
        }
    }

    private static DeviceProfile? Read(string text, ProfileFaults faults) =>
        YamlFile.Read("file.yaml", text, faults) is { } node ? ProfileFileReader.Read(node, "file", 0, faults) : null;
}
