namespace NocMonitor.Probes.Exec;

/// <summary>One measured value of a plugin with its own ranges: <c>'label'=value[UOM];[warn];[crit];[min];[max]</c>.</summary>
internal sealed record PerformanceItem(string Label, string Unit)
{
    /// <summary>Null when the plugin says <c>U</c>: it could not tell.</summary>
    public double? Value { get; init; }

    public PerformanceRange? Warning { get; init; }

    public PerformanceRange? Critical { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public bool HasRange => Warning is not null || Critical is not null;

    /// <summary>What the item's own ranges say of its value; unknown when there is no value to judge.</summary>
    public PluginState State => Value switch
    {
        null => PluginState.Unknown,
        { } value when Critical?.Alerts(value) == true => PluginState.Critical,
        { } value when Warning?.Alerts(value) == true => PluginState.Warning,
        _ => PluginState.Ok,
    };
}
