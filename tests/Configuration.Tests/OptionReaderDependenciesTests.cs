using System.Text;

namespace NocMonitor.Configuration.Tests;

public class OptionReaderDependenciesTests
{
    private sealed record Shared(string Text);

    private readonly List<ConfigError> _errors = [];
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _errors.Clear();
        _folder = Directory.CreateTempSubdirectory("nocmonitor-").FullName;
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_file_of_an_inner_section_is_a_file_of_the_sections_around_it_there_or_not()
    {
        var reader = Reader("""{ "Outer": { "List": [ {}, {} ] } }""");
        var number = 0;

        reader.Section("Outer", outer => outer.Sections("List", inner =>
        {
            inner.DependOnFile($"/missing/{++number}");
            return number;
        }, "List."), "Outer.");

        Assert.That(reader.Files, Is.EqualTo(new[] { "/missing/1", "/missing/2" }));
    }

    [Test]
    public void A_folder_stands_for_itself_and_all_that_is_below_it_in_order()
    {
        var below = Directory.CreateDirectory(Path.Combine(_folder, "b")).FullName;
        File.WriteAllText(Path.Combine(below, "c"), "");
        File.WriteAllText(Path.Combine(_folder, "a"), "");
        var reader = Reader("{}");

        reader.DependOnFolder(_folder);

        Assert.That(reader.Files, Is.EqualTo(new[] { _folder, Path.Combine(_folder, "a"), below, Path.Combine(below, "c") }));
    }

    [Test]
    public void A_folder_that_is_not_there_is_nothing_to_look_at()
    {
        var reader = Reader("{}");

        reader.DependOnFolder(Path.Combine(_folder, "missing"));

        Assert.That(reader.Files, Is.Empty);
    }

    [Test]
    public void A_file_that_holds_a_secret_is_a_file_of_the_section_even_when_it_cannot_be_read()
    {
        var path = Path.Combine(_folder, "secret");
        var reader = Reader($$"""{ "Inner": { "TokenFile": "{{path}}" } }""");

        var secret = reader.Section("Inner", inner => inner.Secret("Token", "help"), "Inner.");

        Assert.That(secret, Is.Null);
        Assert.That(_errors, Has.Count.EqualTo(1));
        Assert.That(reader.Files, Is.EqualTo(new[] { path }));
    }

    [Test]
    public void Marks_go_up_to_the_sections_around()
    {
        var reader = Reader("{}");

        reader.DependOn("own");
        reader.Section("Inner", inner =>
        {
            inner.DependOn("inner");
            return 0;
        }, "Inner.");

        Assert.That(reader.Marks, Is.EqualTo(new[] { "own", "inner" }));
    }

    [Test]
    public void What_a_section_provides_is_found_from_inside_it_the_nearest_first_and_not_from_beside_it()
    {
        var reader = Reader("{}");
        var found = new List<string?>();

        reader.Section("First", first =>
        {
            first.Provide(new Shared("of first"));
            return first.Section("Inner", inner => Note(inner.Provided<Shared>()), "Inner.");
        }, "First.");
        reader.Section("Second", second => Note(second.Provided<Shared>()), "Second.");
        reader.Provide(new Shared("of all"));
        reader.Section("Third", third => Note(third.Provided<Shared>()), "Third.");

        Assert.That(found, Is.EqualTo(new[] { "of first", null, "of all" }));

        int Note(Shared? shared)
        {
            found.Add(shared?.Text);
            return found.Count;
        }
    }

    [Test]
    public void Describing_the_options_touches_no_file()
    {
        var files = new List<string>();

        OptionSchema.Describe(reader =>
        {
            reader.DependOnFile("/etc/passwd");
            reader.DependOnFolder(_folder);
            files.AddRange(reader.Files);
            return 0;
        });

        Assert.That(files, Is.Empty);
    }

    private OptionReader Reader(string json) => new(JsonConfigParser.Parse("test.json", Encoding.UTF8.GetBytes(json), _errors), _errors);
}
