namespace NocMonitor.Configuration;

/// <summary>A secret text. It shows as stars wherever it is printed; only <see cref="Reveal"/> gives the text, at the point of use.</summary>
public sealed class Secret(string text)
{
    public string Reveal() => text;

    public override string ToString() => "***";
}
