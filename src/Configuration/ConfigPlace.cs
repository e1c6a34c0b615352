namespace NocMonitor.Configuration;

/// <summary>Where a value was written: a file with line and column from 1, or an environment variable (line 0).</summary>
public readonly record struct ConfigPlace(string Source, int Line, int Column)
{
    public static ConfigPlace Environment(string variable) => new($"environment variable {variable}", 0, 0);

    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
