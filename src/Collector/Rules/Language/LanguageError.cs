namespace NocMonitor.Collector.Rules.Language;

/// <summary>What is wrong in a condition and where: the column counts characters from 1.</summary>
internal sealed record LanguageError(int Column, string Message)
{
    private const int WidestExcerpt = 100;

    /// <summary>The message with the condition below it and a caret under the column; of a long condition the part around the column.</summary>
    public string Render(string condition)
    {
        var start = Math.Clamp(Column - 1 - (WidestExcerpt / 2), 0, Math.Max(0, condition.Length - WidestExcerpt));
        var excerpt = condition.Substring(start, Math.Min(WidestExcerpt, condition.Length - start)).ReplaceLineEndings(" ").Replace('\t', ' ');
        return $"{Message} (column {Column})\n    {excerpt}\n    {new string(' ', Column - 1 - start)}^";
    }
}
