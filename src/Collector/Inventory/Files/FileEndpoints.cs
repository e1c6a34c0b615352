using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Query;
using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>The inventory as a file, a file against the inventory, and a file into the inventory. Safe for concurrent use.</summary>
internal sealed class FileEndpoints(InventoryStore store, RequestAccess access, TimeProvider time)
{
    public async Task ExportAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var format = Format(query);
        query.Complete();
        if (query.Errors is { } errors)
        {
            await Problem.WriteAsync(context, 400, errors);
            return;
        }

        var bytes = InventoryFile.Write(store.Read(), format);
        context.Response.ContentType = format == FileFormat.Csv ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=inventory.{(format == FileFormat.Csv ? "csv" : "json")}";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    public async Task ReconcileAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var format = Format(query);
        if (await ReadAsync(context, query, format) is { } file)
        {
            await Answer.WriteAsync(context, ReconcileReport.Of(Reconciliation.Compare(store.Read(), file), applied: false), InventoryJson.Plain.ReconcileReport);
        }
    }

    public async Task ImportAsync(HttpContext context)
    {
        var decision = access.Decide(context, Access.Manage);
        if (!decision.Allowed)
        {
            await Problem.WriteAsync(context, decision.StatusCode, decision.Reason);
            return;
        }

        var query = new QueryReader(context, time);
        var (format, dryRun, removesMissing, by) = (Format(query), query.Flag("dryRun"), query.Flag("removeMissing"), query.Text("by"));
        if (await ReadAsync(context, query, format) is not { } file)
        {
            return;
        }

        var who = InventoryEndpoints.Who(by, decision);
        var report = await store.DecideAsync((content, decisions) =>
        {
            var report = Reconciliation.Compare(content, file);
            var applies = !dryRun && file.Devices.Count > 0;
            if (applies)
            {
                foreach (var each in new InventoryImport(report, removesMissing, who, time.GetUtcNow()).Decisions(content))
                {
                    decisions.Add(each);
                }
            }

            return ReconcileReport.Of(report, applies);
        }, context.RequestAborted);
        await Answer.WriteAsync(context, report, InventoryJson.Plain.ReconcileReport);
    }

    private static FileFormat Format(QueryReader query) => query.Word("format", "csv", "json") == "json" ? FileFormat.Json : FileFormat.Csv;

    /// <summary>The file in the body; null when it cannot be taken, which is then answered.</summary>
    private static async Task<InventoryFile?> ReadAsync(HttpContext context, QueryReader query, FileFormat format)
    {
        query.Complete();
        if (query.Errors is { } errors)
        {
            await Problem.WriteAsync(context, 400, errors);
            return null;
        }

        if (await RequestBody.ReadAsync(context, InventoryFile.MostBytes) is { } bytes)
        {
            return InventoryFile.Read(bytes, format);
        }

        await Problem.WriteAsync(context, 400, $"the file has more than {InventoryFile.MostBytes} bytes");
        return null;
    }
}
