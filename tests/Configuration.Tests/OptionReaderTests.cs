using System.Text;

namespace NocMonitor.Configuration.Tests;

public class OptionReaderTests
{
    private readonly List<ConfigError> _errors = [];

    private sealed record Sample(string Name, int Count, TimeSpan Every, IReadOnlyList<string> Inner);

    [SetUp]
    public void Forget() => _errors.Clear();

    [Test]
    public void Absent_options_read_as_their_defaults()
    {
        var sample = Read("{}");

        Assert.That(sample, Is.EqualTo(new Sample("anna", 3, TimeSpan.FromSeconds(10), sample.Inner)));
        Assert.That(_errors, Is.Empty);
    }

    [Test]
    public void All_errors_of_a_section_come_at_once_each_with_its_place()
    {
        Read("""
            {
              "Count": 500,
              "Every": "soon",
              "Cuont": 1,
              "Inner": [ { "Id": "a" }, { "Id": 7, "Extra": true } ]
            }
            """);

        Assert.That(_errors.Select(error => error.ToString()), Is.EqualTo(new[]
        {
            "test.json:2:12: Count: 500 is out of range; it goes from 1 to 100",
            "test.json:3:12: Every: 'soon' is not a duration such as 10s, 5m or 1h30m",
            "test.json:5:49: Inner[1].Extra: unknown key",
            "test.json:4:12: Cuont: unknown key; did you mean Count?",
        }));
    }

    [Test]
    public void A_warning_of_an_inner_section_has_its_place_and_is_no_error()
    {
        var warnings = new List<ConfigError>();
        var node = JsonConfigParser.Parse("test.json", Encoding.UTF8.GetBytes("""{ "Inner": { "Old": true } }"""), _errors);
        new OptionReader(node, _errors, warnings).Section("Inner", inner =>
        {
            inner.Warn("Old", "is unwise");
            return inner.Flag("Old", false, "Old.");
        }, "Inner.");

        Assert.That(_errors, Is.Empty);
        Assert.That(warnings.Select(warning => warning.ToString()), Is.EqualTo(new[] { "test.json:1:21: Inner.Old: is unwise" }));
    }

    [Test]
    public void A_syntax_error_names_line_and_column()
    {
        Read("{\n  \"Count\": 1\n  \"Every\": \"1s\"\n}");

        Assert.That(_errors, Has.Count.EqualTo(1));
        Assert.That(_errors[0].ToString(), Does.StartWith("test.json:3:"));
    }

    [Test]
    public void Environment_variables_lie_over_the_file()
    {
        var variables = new Dictionary<string, string> { ["NOC_Count"] = "9", ["NOC_Inner__0__Id"] = "x", ["NOC_Inner__1__Id"] = "y" };
        var node = ConfigSources.OverlayEnvironment(Parse("""{ "Count": 1, "Inner": [ { "Id": "a" } ] }"""), "NOC_", variables);

        var sample = Read(node);

        Assert.That((sample.Count, string.Join(",", sample.Inner)), Is.EqualTo((9, "x,y")));
    }

    [Test]
    public void A_bad_environment_variable_is_named()
    {
        var variables = new Dictionary<string, string> { ["NOC_Count"] = "many" };

        Read(ConfigSources.OverlayEnvironment(Parse("{}"), "NOC_", variables));

        Assert.That(_errors.Single().ToString(), Is.EqualTo("environment variable NOC_Count: Count: 'many' is not a whole number"));
    }

    [Test]
    public void An_upper_layer_replaces_values_and_lists_and_merges_sections()
    {
        var merged = ConfigSources.Merge(Parse("""{ "Count": 1, "Name": "x", "Inner": [ {"Id":"a"}, {"Id":"b"} ] }"""), Parse("""{ "Count": 2, "Inner": [] }"""));

        var sample = Read(merged);

        Assert.That((sample.Name, sample.Count, sample.Inner.Count), Is.EqualTo(("x", 2, 0)));
    }

    [Test]
    public void The_schema_comes_from_the_reader_itself()
    {
        var schema = OptionSchema.Describe(ReadSample);

        Assert.That(schema.Options.Select(option => $"{option.Name} {option.Kind} {option.Default} {option.Range}".TrimEnd()), Is.EqualTo(new[]
        {
            "Name Text anna",
            "Count Integer 3 1 to 100",
            "Every Duration 10s 1s to 1h",
            "Inner SectionList",
        }));
        Assert.That(schema.Options[3].Inner!.Options.Single().Required, Is.True);
    }

    [Test]
    public void A_secret_from_a_file_never_shows()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "hunter2\n");
        var reader = new OptionReader(Parse($$"""{ "TokenFile": "{{file}}" }"""), _errors);

        var secret = reader.Secret("Token", "help");
        reader.Complete();

        Assert.That((secret?.Reveal(), $"{secret}"), Is.EqualTo(("hunter2", "***")));
        Assert.That(_errors, Is.Empty);
        File.Delete(file);
    }

    private static Sample ReadSample(OptionReader options) => new(
        options.Text("Name", "anna", "Who."),
        options.Integer("Count", 3, 1, 100, "How many."),
        options.Duration("Every", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "How often."),
        options.Sections("Inner", inner => inner.RequiredText("Id", "Which."), "Parts."));

    private ConfigNode Parse(string json) => JsonConfigParser.Parse("test.json", Encoding.UTF8.GetBytes(json), _errors);

    private Sample Read(string json) => Read(Parse(json));

    private Sample Read(ConfigNode node)
    {
        var reader = new OptionReader(node, _errors);
        var sample = ReadSample(reader);
        reader.Complete();
        return sample;
    }
}
