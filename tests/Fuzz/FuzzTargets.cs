namespace NocMonitor.Fuzz;

/// <summary>The one list of targets. A parser joins with a line here and a folder of seeds in <c>corpus</c>.</summary>
public static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("condition", ConditionTarget.Run, "x", "1", "5m", "1h30m", "20GB", "90%", "'t'", "`n`", " and ", " or ", "not ", "true", "(", ")", ", ", "+", "-", "*", "/", "==", "<", ">=", "avg(x, 5m)", "first(x, 1)", "has(x)", "rate(", "."),
        new("dns", DnsTarget.Run, "www", "example", "\0\u0001", "\0\u0005\0\u0001", "\0\0\0\u003c"),
        new("host-files", HostFilesTarget.Run, "\n", " ", "cpu", "cpu4294967296 ", ":", " kB", "18446744073709551615", "-1", ")", " - ", "\\040", "\\777", ",", "0x", "ro,", "intr ", "nan "),
        new("inventory", InventoryTarget.Run, ",", ";", "\t", "\"", "\"\"", "\r\n", "\n", "'", "=", "+", "@", "name", "address", "10.0.0.1", "::1", "/24", "{", "}", "[", "]", "\"devices\":", "null", "interfaces", "parents"),
        new("lineprotocol", LineProtocolTarget.Run, ",", "=", " ", "\\", "\"", "\n", "\r\n", "#", "i", "u", "t", "1e308", "-", ".5", "9223372036854775808", "ä", "\t"),
        new("influxql", InfluxQlTarget.Run, "SELECT ", " FROM ", " WHERE ", "time", "(", ")", "/", "'", "\"", "\\", "::", "..", "$", "1h", "now()", "fill(", ";", " AND ", "=~", "*", "--", "/*"),
        new("http-head", HttpTarget.RunHead, "\r\n", "\n\r\n", ":", "Content-Length: ", "Transfer-Encoding: chunked", "HTTP/1.1 ", "200", ","),
        new("http-chunked", HttpTarget.RunChunked, "\r\n", "0\r\n\r\n", ";", "A\r\n", "ffff"),
        new("remote-write", RemoteWriteTarget.Run, "\n\u0008__name__", "\u0012\u0001m", "\u0012\t\t", "\u0010\u0001", "\n\u0004", "\u0001\0", "#", "\\", "\n", ",", "="),
        new("snmp", SnmpTarget.Run, "0\u0082\u0001\0", "\u0002\u0001\u0003", "\u0004\0", "\u0005\0", "\u0006\u0008+\u0006\u0001\u0002\u0001\u0001\u0003\0", "A\u0004\u007f", "F\u0008", "D\u0007\u009fx\u0004", "\u0084\u007f", "\u0080"),
        new("snmp-trap", SnmpTrapTarget.Run, "\u00a7", "\u00a6", "\u00a4", "\u0006\u000a+\u0006\u0001\u0006\u0003\u0001\u0001\u0004\u0001\0", "\u0006\u0009+\u0006\u0001\u0006\u0003\u0001\u0001\u0005\u0003", "\u0004\u0001u", "\u0004\u0001s", "0\u0082\u0001\0", "\u0080"),
        new("starttls", StartTlsTarget.Run, "220 ", "250-", "\r\n", "* OK", "a1 OK", "S", "0\u0084", "x\u0007"),
        new("nagios", NagiosTarget.Run, "|", "'", "''", "=", ";", "@", "~", ":", "U", "%", "nan", "1,5", "e9", "\n", " "),
    ];

    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
