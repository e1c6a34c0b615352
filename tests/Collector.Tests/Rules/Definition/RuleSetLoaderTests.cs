using System.Text;
using NocMonitor.Collector.Rules;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Rules.Definition;

public class RuleSetLoaderTests
{
    private readonly List<ConfigError> _errors = [];
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _errors.Clear();
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_rule_with_every_key_loads()
    {
        var set = Load("""
            { "Rules": [
              { "Name": "host.down", "Measurement": "ping", "Critical": "percent_packet_loss >= 100" },
              { "Name": "fs.space", "Enabled": true, "Measurement": "disk", "Where": { "fstype": "!tmpfs|overlay|squashfs" },
                "Warning": "used_percent > 85 and free < 20GB", "WarningClear": "used_percent < 82", "WarningFor": "10m",
                "Critical": "used_percent > 95 and free < 5GB", "CriticalClear": "used_percent < 92", "CriticalFor": "3 samples",
                "For": "5m", "ClearFor": "1m", "StaleAfter": "10m", "NoData": "warning after 10m, critical after 1h", "FlapChanges": 8, "FlapWithin": "1h",
                "Steps": { "Of": "used_percent", "At": [ "96%", "98", 99 ] },
                "DependsOn": [ "host.down" ], "Summary": "{{path}}", "Description": "{{bytes free}}", "Runbook": "x", "Labels": { "team": "storage" },
                "Overrides": [ { "Where": { "host": "db*" }, "Critical": "used_percent > 98", "Enabled": false } ] } ] }
            """);

        Assert.That(_errors, Is.Empty);
        var policy = set!.Find("fs.space")!.Common.Policy;
        Assert.That((policy.WarningFor.ToString(), policy.CriticalFor.ToString(), policy.ClearFor.ToString()), Is.EqualTo(("10m", "3 samples", "1m")));
        Assert.That((policy.NoDataWarning, policy.NoDataCritical), Is.EqualTo((600_000_000_000L, 3_600_000_000_000L)));
        Assert.That(policy.Steps, Is.EqualTo(new[] { 96.0, 98, 99 }));
    }

    [Test]
    public void All_errors_of_all_files_come_at_once_each_with_file_line_column_and_key()
    {
        _folder.Write("a.json", """
            {
              "Rules": [
                { "Name": "one", "Measurement": "m", "Warning": "x > and y",
                  "Wharning": "x", "For": "soon" },
                { "Name": "two", "Warning": "x > 1" }
              ]
            }
            """);
        _folder.Write("b.json", """
            {
              "Rules": [
                { "Name": "one", "Measurement": "m", "Warning": "x > 1" },
                { "Name": "three", "Measurement": "m", "Summary": "{{#if}", "DependsOn": [ "for" ], "Critical": "avg(x) > 1" }
              ]
            }
            """);

        LoadFolder();

        Assert.That(_errors.Select(error => error.ToString().Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)), Is.EquivalentTo(new[]
        {
            """
            a.json:3:53: Rules[0].Warning: expected a field, a number, a function or '(', not 'and' (column 5)
                x > and y
                    ^
            """,
            "a.json:4:19: Rules[0].Wharning: unknown key; did you mean Warning?",
            "a.json:4:31: Rules[0].For: 'soon' is neither a duration such as 5m nor a count such as '3 samples'",
            "a.json:5:5: Rules[1].Measurement: a rule has a Measurement, or a Group, and not both",
            "b.json:3:5: Rules[0]: a rule one stands at a.json:3:5 already",
            """
            b.json:4:101: Rules[1].Critical: a call looks like avg(field, window) (column 1)
                avg(x) > 1
                ^
            """,
            "b.json:4:55: Rules[1].Summary: not a template: Template is in the process of being parsed but reached the end of the file",
        }).Using<string>((left, right) => left == right || (left.Contains("not a template", StringComparison.Ordinal) && right.Contains("not a template", StringComparison.Ordinal))));
    }

    [TestCase("""{ "Name": "r", "Measurement": "m" }""", "Warning: nothing raises this rule")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "x > 85", "WarningClear": "x < 90" }""", "WarningClear: contradicts Warning: with x = 87.5 both hold")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "x > 85", "CriticalClear": "x < 90" }""", "CriticalClear: there is no Critical that it could clear")]
    [TestCase("""{ "Name": "a b", "Measurement": "m", "Warning": "x > 1" }""", "Name: a rule's name has letters")]
    [TestCase("""{ "Measurement": "m", "Warning": "x > 1" }""", "Name: is required")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "NoData": "critical after 60s, warning after 3m" }""", "NoData: 'critical after 60s, warning after 3m' is not")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "NoData": "maybe" }""", "NoData: 'maybe' is not ignore, or such as")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "x > 1", "Steps": { "Of": "x", "At": [ "1d", "3d", "2d" ] } }""", "Steps: At needs marks that all fall or all rise")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "x > 1", "Steps": { "Of": "x >", "At": [ "1d" ] } }""", "Steps: expected a field")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "x > 1", "DependsOn": [ "host.donw" ] }""", "r depends on host.donw, which is no rule")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "x > 1", "DependsOn": [ "r" ] }""", "depends on itself: r -> r")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "x > 1", "DependsOn": [ "a b c" ] }""", "DependsOn: 'a b c' is not the name of a rule")]
    [TestCase("""{ "Name": "r", "Group": "count(nothing) by site", "Warning": "count > 1" }""", "r counts nothing, which is no rule")]
    [TestCase("""{ "Name": "r", "Group": "median(cpu.x) by site", "Warning": "value > 1" }""", "Group: 'median(cpu.x) by site' is not such as")]
    [TestCase("""{ "Name": "r", "Group": "avg(cpu.x) by site", "Warning": "usage > 1" }""", "Group: the conditions of a group rule know count, total, value and not usage")]
    [TestCase("""{ "Name": "r", "Group": "avg(cpu.x) by site", "Warning": "avg(value, 5m) > 1" }""", "Group: the conditions of a group rule have no windows")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "x > 1", "Overrides": [ { "Where": { "host": "a" }, "Warning": "x >" } ] }""", "Overrides[0].Warning: expected a field")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "x > 1", "Overrides": [ { "Where": { "host": "a" }, "Waning": "x > 1" } ] }""", "Overrides[0].Waning: unknown key; did you mean Warning?")]
    [TestCase("""{ "Name": "r", "Measurement": "m", "Warning": "rtt_ms > 150ms" }""", "Warning: 150ms is 0.15 seconds, but rtt_ms counts ms")]
    public void What_is_wrong_is_said_at_its_key(string rule, string message)
    {
        var set = Load($$"""{ "Rules": [ {{rule}} ] }""");

        Assert.That(set, Is.Null);
        Assert.That(_errors.Select(error => error.ToString()), Has.Some.Contains(message));
    }

    [Test]
    public void An_error_of_a_rule_is_not_repeated_for_each_of_its_overrides()
    {
        Load("""{ "Rules": [ { "Name": "r", "Measurement": "m", "Warning": "x >", "Overrides": [ { "For": "1m" }, { "For": "2m" } ] } ] }""");

        Assert.That(_errors, Has.Count.EqualTo(1));
    }

    [Test]
    public void Rules_that_depend_on_each_other_are_refused_with_the_way_around()
    {
        Load("""
            { "Rules": [
              { "Name": "a", "Measurement": "m", "Warning": "x > 1", "DependsOn": [ "b" ] },
              { "Name": "b", "Measurement": "m", "Warning": "x > 1", "DependsOn": [ "c" ] },
              { "Name": "c", "Measurement": "m", "Warning": "x > 1", "DependsOn": [ "a" ] } ] }
            """);

        Assert.That(_errors.Select(error => error.Message), Does.Contain("depends on itself: a -> b -> c -> a"));
    }

    [Test]
    public void The_configuration_lies_over_the_files_and_can_switch_a_rule_off()
    {
        var overrides = """
            { "Overrides": { "one": { "Critical": "x > 99", "Where": { "host": "web*" } }, "two": { "Enabled": false } } }
            """;

        var set = Load("""
            { "Rules": [ { "Name": "one", "Measurement": "m", "Where": { "host": "*", "site": "a" }, "Critical": "x > 1" }, { "Name": "two", "Measurement": "m", "Critical": "x > 1" } ] }
            """, overrides);

        Assert.That(_errors, Is.Empty);
        Assert.That(set!.Find("one")!.Common.Critical!.Text, Is.EqualTo("x > 99"));
        Assert.That(set.Find("one")!.For(Key("m,host=web1,site=a")), Is.Not.Null);
        Assert.That(set.Find("one")!.For(Key("m,host=db1,site=a")), Is.Null);
        Assert.That(set.Find("one")!.For(Key("m,host=web1,site=b")), Is.Null);
        Assert.That(set.On("m")!.Rules.Select(rule => rule.Name), Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public void An_error_in_an_override_of_the_configuration_is_reported_there()
    {
        Load("""{ "Rules": [ { "Name": "one", "Measurement": "m", "Critical": "x > 1" } ] }""", """{ "Overrides": { "one": { "Critical": "x >" }, "onee": { } } }""");

        Assert.That(_errors.Select(error => error.ToString().Split('\n')[0]), Is.EquivalentTo(new[]
        {
            "settings.json:1:39: Overrides.one.Critical: expected a field, a number, a function or '(', not the end (column 4)",
            "settings.json:1:56: Overrides.onee: there is no rule onee; did you mean one?",
        }));
    }

    [Test]
    public void The_first_override_that_matches_counts()
    {
        var set = Load("""
            { "Rules": [ { "Name": "r", "Measurement": "m", "Critical": "x > 1", "Overrides": [
              { "Where": { "host": "db1" }, "Enabled": false }, { "Where": { "host": "db*" }, "Critical": "x > 2" }, { "Critical": "x > 3" } ] } ] }
            """);

        var rule = set!.Find("r")!;
        Assert.That(rule.For(Key("m,host=db1")), Is.Null);
        Assert.That(rule.For(Key("m,host=db2"))!.Critical!.Text, Is.EqualTo("x > 2"));
        Assert.That(rule.For(Key("m,host=web"))!.Critical!.Text, Is.EqualTo("x > 3"));
    }

    [Test]
    public void A_missing_folder_and_a_file_that_is_no_JSON_are_errors_in_words()
    {
        _folder.Write("bad.json", "{ \"Rules\": [ ");

        LoadFolder();
        RuleSetLoader.Load(Options("{}") with { Directory = Path.Combine(_folder.Path, "absent") }, _errors);

        Assert.That(_errors.Select(error => error.Message), Has.Some.StartsWith("not valid JSON").And.Some.Contains("no such folder"));
    }

    private RuleSet? Load(string file, string settings = "{}")
    {
        _folder.Write("rules.json", file);
        return LoadFolder(settings);
    }

    private RuleSet? LoadFolder(string settings = "{}") => RuleSetLoader.Load(Options(settings) with { Directory = _folder.Path }, _errors);

    private RulesOptions Options(string settings) =>
        RulesOptions.Read(new OptionReader(JsonConfigParser.Parse("settings.json", Encoding.UTF8.GetBytes(settings), _errors), _errors));

    private static SeriesKey Key(string text) => SeriesKey.Parse(Encoding.UTF8.GetBytes(text));
}
