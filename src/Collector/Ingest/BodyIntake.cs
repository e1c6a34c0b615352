using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest;

/// <summary>
/// Takes one body as it comes: step by step into a batch, a commit every so many lines, done only after the last commit. Safe for concurrent
/// use; the source is the request's own.
/// </summary>
internal sealed partial class BodyIntake(IngestOptions options, PointSink sink, ILogger<BodyIntake> log)
{
    /// <summary>The store refused the last commit. Any thread; a lost race costs one more log line.</summary>
    private volatile bool _refusing;

    /// <summary>Reads the body to its end. Null: all was read.</summary>
    public Task<WriteFailure?> StoreAsync(IPointSource body, string origin, CancellationToken token) =>
        GuardAsync(() => ReadAsync(body, origin, token));

    /// <summary>Every way a body can go wrong while it is read, told apart into what the sender must not send again and what will pass.</summary>
    public async Task<WriteFailure?> GuardAsync(Func<Task<WriteFailure?>> read)
    {
        try
        {
            return await read();
        }
        catch (StoreUnavailableException exception)
        {
            NoteRefusing(exception.Message);
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

    private async Task<WriteFailure?> ReadAsync(IPointSource body, string origin, CancellationToken token)
    {
        SampleBatch? batch = null;
        try
        {
            while (true)
            {
                batch ??= sink.Rent(origin);
                var step = await body.ReadAsync(batch, token);
                if (step.Failure is not null)
                {
                    return step.Failure;
                }

                if (step.IsEnd || batch.Rows.Length >= options.LinesPerCommit)
                {
                    var full = batch;
                    batch = null;
                    await CommitAsync(full);
                }

                if (step.IsEnd)
                {
                    return null;
                }
            }
        }
        finally
        {
            batch?.Dispose();
        }
    }

    private async ValueTask CommitAsync(SampleBatch batch)
    {
        var any = batch.Rows.Length > 0;
        await sink.CommitAsync(batch);
        if (any && _refusing)
        {
            _refusing = false;
            LogTaking();
        }
    }

    /// <summary>Logged when it begins, not for each of the requests that come again and again.</summary>
    private void NoteRefusing(string reason)
    {
        if (!_refusing)
        {
            _refusing = true;
            LogUnavailable(reason);
        }
    }

    [LoggerMessage(1001, LogLevel.Warning, "Points are refused for now: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(1003, LogLevel.Information, "Points are taken again")]
    private partial void LogTaking();

    [LoggerMessage(1002, LogLevel.Error, "A write request failed by a fault of the collector")]
    private partial void LogBroken(Exception exception);
}
