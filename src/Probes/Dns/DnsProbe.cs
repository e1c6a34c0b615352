using System.Net;
using System.Net.Sockets;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Dns;

/// <summary>Asks each server for each name and holds the answer against what is expected. Attempts run side by side; the questions never change.</summary>
internal sealed class DnsProbe : ITargetProbe
{
    private readonly DnsOptions _options;
    private readonly ProbeContext _context;
    private readonly DnsClient _client;
    private readonly IReadOnlyDictionary<string, Inquiry> _inquiries;

    private DnsProbe(DnsOptions options, ProbeContext context, IReadOnlyDictionary<string, Inquiry> inquiries)
    {
        _options = options;
        _context = context;
        _client = new DnsClient(options.Protocol, options.Recursive);
        _inquiries = inquiries;
    }

    private sealed record Inquiry(string ServerName, HostPort Server, string Domain, DnsQuestion Question);

    public static IProbe Create(DnsOptions options, ProbeContext context)
    {
        var inquiries = new Dictionary<string, Inquiry>();
        foreach (var name in options.Servers.Count > 0 ? options.Servers : SystemResolvers.Read())
        {
            foreach (var domain in options.Targets.Targets)
            {
                if (DnsOptions.TryParseServer(name, out var server) && DnsQuestion.TryParse(domain, options.RecordType, out var question))
                {
                    inquiries[$"{domain}@{name}"] = new Inquiry(name, server, domain, question);
                }
            }
        }

        var targets = options.Targets with { Targets = [.. inquiries.Keys] };
        return new TargetProbe(new DnsProbe(options, context, inquiries), targets, context.Time);
    }

    public async ValueTask<Point> ProbeAsync(string target, CancellationToken token)
    {
        var inquiry = _inquiries[target];
        var lookup = await _context.Names.FindAsync(inquiry.Server.Host, _options.Family, _options.Targets.Timeout / 2, token);
        var started = _context.Time.GetTimestamp();
        var (outcome, response) = lookup.Found
            ? await AskAsync(new IPEndPoint(lookup.Addresses[0], inquiry.Server.Port), inquiry.Question, token)
            : (AttemptOutcome.Failed(ResultCode.NameNotResolved, lookup.Error), null);

        var point = new Point("dns_query")
            .Tag("server", inquiry.ServerName)
            .Tag("domain", inquiry.Domain)
            .Tag("record_type", _options.RecordType.ToString())
            .Tag("host", inquiry.Server.Host)
            .Field("query_time_ms", _context.Time.GetElapsedTime(started).TotalMilliseconds);
        if (response is not null)
        {
            point.Field("rcode_value", (long)response.Rcode).Field("rcode", response.Rcode.ToString()).Field("answers", response.Answers.Count);
        }

        if (response?.Ttl is { } ttl)
        {
            point.Field("ttl", ttl);
        }

        return outcome.WriteTo(point);
    }

    private async ValueTask<(AttemptOutcome Outcome, DnsResponse? Response)> AskAsync(IPEndPoint server, DnsQuestion question, CancellationToken token)
    {
        try
        {
            var (response, fault) = await _client.AskAsync(server, question, token);
            var outcome = fault.Length > 0 || response is null
                ? AttemptOutcome.Failed(ResultCode.Mismatch, fault)
                : _options.Expectation.Judge(response, _options.RecordType);
            return (outcome, response);
        }
        catch (SocketException exception)
        {
            return (AttemptOutcome.Of(exception), null);
        }
        catch (OperationCanceledException)
        {
            return (AttemptOutcome.Failed(ResultCode.Timeout, "no answer in time"), null);
        }
    }
}
