using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// Takes requests of Prometheus remote write 1.0: one Snappy block that holds one protobuf message. It is read whole and checked whole before
/// anything of it is stored. Safe for concurrent use.
/// </summary>
internal sealed class RemoteWriteBody(
    IngestOptions options, BodyIntake bodies, RemoteWriteMemory memory, SeriesOrder order, IngestMetrics metrics, TimeProvider time) : IWriteBody
{
    private const int FirstRead = 64 << 10;

    private static readonly WriteFailure Full = WriteFailure.Unavailable("too much of remote write is being read at once");

    public async Task<WriteFailure?> StoreAsync(HttpContext context, LineIntake intake, string origin)
    {
        intake.Start(TimePrecision.Milliseconds, UnixNanoseconds.From(time.GetUtcNow()));
        if (RefuseHead(context.Request) is { } refused)
        {
            return refused;
        }

        using var block = new RemoteWriteBuffer(memory);
        using var message = new RemoteWriteBuffer(memory);
        var failure = await bodies.GuardAsync(() => ReadAsync(context.Request, block, context.RequestAborted)) ?? Decompress(block, message);
        return failure ?? await StoreAsync(message.Written, intake, origin, context.RequestAborted);
    }

    /// <summary>Some senders of version 1 leave the encoding out, and none of them sends anything but Snappy.</summary>
    private static WriteFailure? RefuseHead(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString().Trim();
        if (encoding.Length > 0 && !encoding.Equals("snappy", StringComparison.OrdinalIgnoreCase))
        {
            return WriteFailure.UnknownMedia("content encoding", encoding, "snappy is");
        }

        var type = request.ContentType ?? "";
        var isVersion1 = type.StartsWith("application/x-protobuf", StringComparison.OrdinalIgnoreCase)
            && (!type.Contains("proto=", StringComparison.OrdinalIgnoreCase) || type.Contains("proto=prometheus.WriteRequest", StringComparison.OrdinalIgnoreCase));
        return isVersion1 ? null : WriteFailure.UnknownMedia("content type", type, "application/x-protobuf of remote write 1.0 is");
    }

    private async Task<WriteFailure?> ReadAsync(HttpRequest request, RemoteWriteBuffer block, CancellationToken token)
    {
        // What does not compress at all grows by a sixth at most.
        var most = (int)Math.Min(options.MaxBodyBytes, 32 + (options.MaxRemoteWriteBytes * 7L / 6));
        var expected = request.ContentLength ?? FirstRead;
        if (expected > most)
        {
            return TooLarge();
        }

        // One more than is expected: the read that finds the end needs room too.
        for (var size = (int)expected + 1; block.TryGrow(size); size = Math.Min(block.Length * 2, most + 1))
        {
            while (block.Free.Length > 0)
            {
                var count = await request.Body.ReadAsync(block.Free, token);
                if (count == 0)
                {
                    return null;
                }

                block.Advance(count);
            }

            if (block.Length > most)
            {
                return TooLarge();
            }
        }

        return Full;
    }

    private WriteFailure? Decompress(RemoteWriteBuffer block, RemoteWriteBuffer message)
    {
        if (SnappyBlock.ReadSize(block.Written.Span) is not { } size)
        {
            return WriteFailure.Invalid("the body is not a Snappy block");
        }

        if (size > options.MaxRemoteWriteBytes)
        {
            return TooLarge();
        }

        if (!message.TryGrow((int)size))
        {
            return Full;
        }

        if (!SnappyBlock.TryDecompress(block.Written.Span, message.Free.Span))
        {
            return WriteFailure.Invalid("the body is not a Snappy block");
        }

        message.Advance((int)size);
        return null;
    }

    private async Task<WriteFailure?> StoreAsync(ReadOnlyMemory<byte> message, LineIntake intake, string origin, CancellationToken token)
    {
        var samples = new RemoteWriteSource(message, order, intake, options);
        var failure = await bodies.StoreAsync(samples, origin, token);
        metrics.CountDropped("stale", samples.Stale);
        metrics.CountDropped("not_finite", samples.NotFinite);
        metrics.CountDropped("histogram", samples.Histograms);
        return failure is null && intake.Outcome.Rejected > 0 ? WriteFailure.Invalid(intake.Outcome.Describe(error => error.Reason)) : failure;
    }

    private WriteFailure TooLarge() => WriteFailure.TooLarge($"the request is larger than {options.MaxRemoteWriteBytes} bytes after decompression");
}
