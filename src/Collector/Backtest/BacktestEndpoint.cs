using System.Text.Json;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Query;
using NocMonitor.Collector.Reload;
using NocMonitor.Configuration;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Backtest;

/// <summary>
/// <c>POST /api/v1/backtest</c>: what a rule would have done on stored history. One at a time, because it takes a processor for as long as it lasts; it ends with
/// the client's patience or at its time limit.
/// </summary>
internal sealed class BacktestEndpoint(ConfigReloader reloader, Backtester backtester, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(30);
    private const int MostListed = 10_000;

    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task RunAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } request)
        {
            return;
        }

        var options = reloader.InForce.Rules;
        var errors = new List<ConfigError>();
        if (BacktestPlan.Read(request, options, errors) is not { } plan)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, string.Join('\n', errors.Distinct()));
            return;
        }

        if (!await _one.WaitAsync(TimeSpan.Zero, context.RequestAborted))
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "another backtest is running; wait for its end");
            return;
        }

        try
        {
            await RunAsync(context, request, plan);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task RunAsync(HttpContext context, BacktestRequest request, BacktestPlan plan)
    {
        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        var to = request.To ?? time.GetUtcNow();
        var from = request.From ?? to - DefaultLength;
        try
        {
            var report = await Task.Run(() => backtester.Run(plan, request, from, to, reloader.InForce.Rules, both.Token), both.Token);
            await Answer.WriteAsync(context, report, BacktestJson.Plain.BacktestReport);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"not done within {TimeLimit.TotalMinutes} minutes; ask for a shorter stretch");
        }
        catch (StoreUnavailableException exception)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }

    private static async Task<BacktestRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync(context.Request.Body, BacktestJson.Plain.BacktestRequest, context.RequestAborted);
            if (request is { Rule.Length: > 0, Limit: >= 0 and <= MostListed } && (request.From is null || request.From < (request.To ?? DateTimeOffset.MaxValue))
                && InRange(request.From) && InRange(request.To))
            {
                return request;
            }

            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"needed: rule, and if given from before to, between 1970 and 2262, and limit from 0 to {MostListed}");
        }
        catch (JsonException exception)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"the request is not right: {exception.Message}");
        }

        return null;
    }

    private static bool InRange(DateTimeOffset? moment) => moment is null || (moment >= DateTimeOffset.UnixEpoch && moment.Value.Year < 2262);
}
