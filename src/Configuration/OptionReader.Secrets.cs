namespace NocMonitor.Configuration;

/// <summary>Secrets, and where they come from.</summary>
public sealed partial class OptionReader
{
    /// <summary>
    /// A secret, given as <c>Name</c> itself, as <c>NameFile</c> (a file with the secret on its first line) or as <c>NameVariable</c> (an environment
    /// variable's name). Null when none is set. The text shows in no error.
    /// </summary>
    public Secret? Secret(string name, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Secret, help));
        var direct = Scalar(name)?.Text is { Length: > 0 } given ? given : null;
        var file = OptionalText($"{name}File", $"A file whose first line is {name}.");
        var variable = OptionalText($"{name}Variable", $"The environment variable that holds {name}.");
        return (direct, file, variable) switch
        {
            ({ } text, _, _) => new Secret(text),
            (null, { } path, _) => SecretFromFile($"{name}File", path),
            (null, null, { } key) => SecretFromVariable($"{name}Variable", key),
            _ => null,
        };
    }

    private Secret? SecretFromFile(string name, string path)
    {
        path = ResolvePath(name, path);
        DependOnFile(path);
        try
        {
            using var reader = new StreamReader(path);
            if (reader.ReadLine()?.Trim() is { Length: > 0 } text)
            {
                return new Secret(text);
            }

            Fail(name, $"the first line of {path} is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(name, $"cannot be read: {exception.Message}");
        }

        return null;
    }

    private Secret? SecretFromVariable(string name, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text)
        {
            return new Secret(text);
        }

        Fail(name, $"the environment variable {variable} is not set");
        return null;
    }
}
