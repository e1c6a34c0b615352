using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest;

/// <summary>
/// Takes one body as it comes: chunk by chunk into a batch, a commit every so many lines, done only after the last commit. Safe for concurrent
/// use; the intake is the request's own.
/// </summary>
internal sealed partial class BodyIntake(IngestOptions options, PointSink sink, ILogger<BodyIntake> log)
{
    /// <summary>Every way a body can go wrong, told apart into what the sender must not send again and what will pass. Null: all was read.</summary>
    public async Task<WriteFailure?> StoreAsync(Stream body, LineIntake intake, string origin, CancellationToken token)
    {
        try
        {
            return await ReadAsync(body, intake, origin, token);
        }
        catch (StoreUnavailableException exception)
        {
            LogUnavailable(exception.Message);
            return WriteFailure.Unavailable(exception.Message);
        }
        catch (InvalidDataException)
        {
            return WriteFailure.Invalid("the body is not valid gzip");
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => WriteFailure.TooLarge($"the body is larger than {options.MaxBodyBytes} bytes"),
                StatusCodes.Status408RequestTimeout => WriteFailure.TimedOut,
                _ => WriteFailure.Invalid("the body is not a valid HTTP body"),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not IOException)
        {
            LogBroken(exception);
            return WriteFailure.Broken;
        }
    }

    private async Task<WriteFailure?> ReadAsync(Stream body, LineIntake intake, string origin, CancellationToken token)
    {
        var batch = sink.Rent(origin);
        try
        {
            while (true)
            {
                var count = await body.ReadAsync(intake.Free, token);
                if (intake.Take(count, batch) is { } failure)
                {
                    return failure;
                }

                if (count == 0)
                {
                    await sink.CommitAsync(batch);
                    return null;
                }

                if (batch.Rows.Length >= options.LinesPerCommit)
                {
                    await sink.CommitAsync(batch);
                    batch.Dispose();
                    batch = sink.Rent(origin);
                }
            }
        }
        finally
        {
            batch.Dispose();
        }
    }

    [LoggerMessage(1001, LogLevel.Warning, "Points are refused for now: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(1002, LogLevel.Error, "A write request failed by a fault of the collector")]
    private partial void LogBroken(Exception exception);
}
