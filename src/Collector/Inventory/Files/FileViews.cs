using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>A device only the file has.</summary>
internal sealed record FileDeviceView(string Name, int Line, IReadOnlyDictionary<string, string> Facts);

/// <summary>A device both have; <c>before</c> is ours and <c>after</c> the file's.</summary>
/// <param name="MatchedBy"><c>name</c>, <c>shortName</c>, <c>address</c> or <c>serial</c>.</param>
internal sealed record DifferentDeviceView(string Name, string TheirName, int Line, string MatchedBy, IReadOnlyList<ChangeView> Fields);

/// <summary>Something in the file that could not be read. Line and column count from 1.</summary>
internal sealed record FaultView(int Line, int Column, string? Field, string Message);

/// <summary>The inventory against a file.</summary>
/// <param name="Applied">Whether the file was taken over: false for a reconciliation and for a trial.</param>
internal sealed record ReconcileReport(
    IReadOnlyList<string> OursOnly, IReadOnlyList<FileDeviceView> TheirsOnly, IReadOnlyList<DifferentDeviceView> Different, int Same,
    IReadOnlyList<FaultView> Faults, bool Applied)
{
    public static ReconcileReport Of(Reconciliation report, bool applied) => new(
        report.OursOnly,
        [.. report.TheirsOnly.Select(device => new FileDeviceView(device.Device.Name, device.Line, device.Device.Facts.Texts))],
        [.. report.Different.Select(View)], report.Same,
        [.. report.Faults.Select(fault => new FaultView(fault.Line, fault.Column, fault.Field.Length > 0 ? fault.Field : null, fault.Message))], applied);

    private static DifferentDeviceView View(DifferentDevice one) => new(
        one.Ours, one.Theirs.Device.Name, one.Theirs.Line, Word(one.By), [.. one.Fields.Select(ChangeView.Of)]);

    private static string Word(MatchedBy by) => by switch
    {
        MatchedBy.ShortName => "shortName",
        _ => by.ToString().ToLowerInvariant(),
    };
}
