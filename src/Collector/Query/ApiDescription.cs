using System.Reflection;

namespace NocMonitor.Collector.Query;

/// <summary>The OpenAPI document, built into the program; a test holds it against the endpoints and the answers. See docs/decisions/openapi.md.</summary>
internal static class ApiDescription
{
    public const string Resource = "openapi.json";

    public static async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var document = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        await document.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
