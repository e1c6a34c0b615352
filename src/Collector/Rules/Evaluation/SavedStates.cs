using System.Text.Json;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>What the engine kept in the operational database: how far it has evaluated, and every state that was not at rest.</summary>
/// <param name="Evaluated">The store's sequence up to which all is evaluated; null when nothing was ever kept.</param>
internal sealed record SavedStates(long? Evaluated, IReadOnlyList<KeyValuePair<AlertKey, AlertState>> States)
{
    public static SavedStates Read(OperationsDatabase database) => database.Read(connection =>
    {
        using var progress = connection.CreateCommand();
        progress.CommandText = "SELECT sequence FROM progress WHERE name = $name";
        progress.Parameters.AddWithValue("$name", AlertLog.Progress);
        var evaluated = progress.ExecuteScalar() as long?;

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT rule, series, state FROM rule_states";
        using var row = command.ExecuteReader();
        var states = new List<KeyValuePair<AlertKey, AlertState>>();
        while (row.Read())
        {
            if (Parse(row.GetString(2)) is { } state)
            {
                states.Add(new(new AlertKey(row.GetString(0), row.GetString(1)), state));
            }
        }

        return new SavedStates(evaluated, states);
    });

    /// <summary>A state that cannot be read, from a version that wrote it otherwise, starts anew from the samples.</summary>
    private static AlertState? Parse(string text)
    {
        try
        {
            return AlertStateText.Read(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
