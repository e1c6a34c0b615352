using System.Text.Json;
using System.Text.Json.Serialization;

namespace NocMonitor.Collector.Hosting;

/// <summary>An error of the read API (RFC 9457).</summary>
internal sealed record Problem(string Type, string Title, int Status, string? Detail)
{
    public static Task WriteAsync(HttpContext context, int status, string? detail)
    {
        if (status == StatusCodes.Status401Unauthorized)
        {
            // The page is for browsers, which ask their user for a name and a password and for nothing else.
            var scheme = context.Request.Path == "/" ? "Basic" : "Bearer";
            context.Response.Headers.WWWAuthenticate = $"{scheme} realm=\"NocMonitor\"";
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            context.Response.Body, new Problem("about:blank", Words(status), status, detail), ProblemJson.Plain.Problem, context.RequestAborted);
    }

    private static string Words(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        503 => "Service Unavailable",
        _ => "Error",
    };
}

[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    public static ProblemJson Plain { get; } = new(PlainJson.Options());
}
