using NocMonitor.Agent.Hosting;
using NocMonitor.LineProtocol;

namespace NocMonitor.Agent.SelfMetrics;

/// <summary>Reads what the agent knows about itself. Any thread.</summary>
internal sealed class AgentReadings(AgentRuntime agent, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public List<AgentReading> Read()
    {
        var readings = new List<AgentReading>(24);
        AddDelivery(readings);
        AddProbes(readings);
        AddSnmp(readings);
        AddProcess(readings);
        return readings;
    }

    private void AddDelivery(List<AgentReading> readings)
    {
        var spool = agent.Spool.Status();
        var counters = agent.Counters;
        Gauge(readings, "spool_bytes", "spool_bytes", "Bytes of the spool on disk.", spool.DiskBytes);
        Gauge(readings, "spool_memory_bytes", "spool_memory_bytes", "Bytes that wait in memory because the disk refuses them.", spool.MemoryBytes);
        Gauge(readings, "spool_age_s", "spool_oldest_age_seconds", "Age of the oldest point that is not delivered.", spool.OldestAgeNs / 1e9);
        Counter(readings, "collected", "points_collected_total", "Points that probes made.", counters.PointsCollected);
        Counter(readings, "sent", "points_sent_total", "Points that a collector acknowledged.", counters.PointsSent);
        Counter(readings, "dropped", "points_dropped_total", "Points lost to the spool's bounds, a full disk or a line too long.", counters.PointsDropped);
        Counter(readings, "refused", "points_refused_total", "Points that a collector refused as bad, kept in the dead-letter file.", counters.PointsRefused);
        Counter(readings, "send_errors", "send_errors_total", "Requests to a collector that failed.", counters.SendErrors);
        Counter(readings, "spool_errors", "spool_errors_total", "Reads and writes of the spool that failed, damage included.", counters.SpoolErrors);
        Counter(readings, "errors", "errors_total", "Failed requests, spool operations and probe rounds together.",
            counters.SendErrors + counters.SpoolErrors + counters.ProbeErrors);
        Gauge(readings, "tls_verification_off", "tls_verification_off", "1 when a collector's certificate is not checked.", agent.TlsVerificationOff ? 1 : 0);
        if (agent.Clock.Milliseconds is { } offset)
        {
            Gauge(readings, "clock_offset_ms", "clock_offset_milliseconds", "This clock minus the collector's.", offset);
        }
    }

    private void AddProbes(List<AgentReading> readings)
    {
        var counters = agent.Counters;
        Gauge(readings, "probes", "probes", "Probes that are scheduled.", agent.Scheduler.Probes);
        Counter(readings, "probe_errors", "probe_errors_total", "Rounds that ended in an exception.", counters.ProbeErrors);
        Counter(readings, "probe_timeouts", "probe_timeouts_total", "Rounds that did not end within their time limit.", counters.ProbeTimeouts);
        Counter(readings, "probe_overruns", "probe_overruns_total", "Rounds left out because the one before had not ended.", counters.ProbeOverruns);
        Gauge(readings, "config_ok", "config_ok", "0 when the configuration on disk is bad and the one before is in use.", agent.IsConfigGood ? 1 : 0);
        Counter(readings, "config_errors", "config_errors_total", "Reloads that kept the configuration before.", counters.ConfigErrors);
    }

    private void AddProcess(List<AgentReading> readings)
    {
        Counter(readings, "cpu_s", "process_cpu_seconds_total", "CPU time of the agent.", Environment.CpuUsage.TotalTime.TotalSeconds);
        Gauge(readings, "rss", "process_resident_memory_bytes", "Memory of the agent in RAM, in bytes.", Environment.WorkingSet);
        Gauge(readings, "uptime", "process_uptime_seconds", "Seconds since the agent started.", time.GetElapsedTime(_started).TotalSeconds);
    }

    private void AddSnmp(List<AgentReading> readings)
    {
        if (agent.Snmp is not { } snmp)
        {
            return;
        }

        Counter(readings, "snmp_requests", "snmp_requests_total", "Datagrams sent to SNMP devices, retries included.", snmp.Requests);
        Counter(readings, "snmp_answers", "snmp_answers_total", "Answers of SNMP devices.", snmp.Answers);
        Counter(readings, "snmp_varbinds", "snmp_varbinds_total", "Values that SNMP devices answered.", snmp.Varbinds);
        Counter(readings, "snmp_timeouts", "snmp_timeouts_total", "Waits for an SNMP answer that ended without one.", snmp.Timeouts);
        Counter(readings, "snmp_retries", "snmp_retries_total", "SNMP requests sent again.", snmp.Retries);
        Counter(readings, "snmp_late", "snmp_late_total", "SNMP answers that came too late, or twice.", snmp.Late);
        Counter(readings, "snmp_malformed", "snmp_malformed_total", "Datagrams that are no SNMP answer that can be read.", snmp.Malformed);
        Counter(readings, "snmp_wrong_id", "snmp_wrong_id_total", "SNMP answers with a request-id that was not asked with.", snmp.WrongId);
        Counter(readings, "snmp_wrong_source", "snmp_wrong_source_total", "SNMP answers from another address than was asked.", snmp.WrongSource);
        Counter(readings, "snmp_send_failures", "snmp_send_failures_total", "SNMP requests that the system did not take.", snmp.SendFailures);
        Counter(readings, "snmp_overruns", "snmp_overruns_total", "SNMP polls not started because the one before still ran.", snmp.Overruns);
    }

    private static void Gauge(List<AgentReading> readings, string field, string name, string help, long value) =>
        readings.Add(new AgentReading(field, "nocmonitor_agent_" + name, help, FieldValue.Of(value), IsCounter: false));

    private static void Gauge(List<AgentReading> readings, string field, string name, string help, double value) =>
        readings.Add(new AgentReading(field, "nocmonitor_agent_" + name, help, FieldValue.Of(value), IsCounter: false));

    private static void Counter(List<AgentReading> readings, string field, string name, string help, long value) =>
        readings.Add(new AgentReading(field, "nocmonitor_agent_" + name, help, FieldValue.Of(value), IsCounter: true));

    private static void Counter(List<AgentReading> readings, string field, string name, string help, double value) =>
        readings.Add(new AgentReading(field, "nocmonitor_agent_" + name, help, FieldValue.Of(value), IsCounter: true));
}
