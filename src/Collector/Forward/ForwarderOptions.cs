using NocMonitor.Collector.Notify;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Forward;

/// <summary>One entry of <c>Forwarders</c>: a remote store, how it is written to, and what of every point goes there.</summary>
internal sealed record ForwarderOptions
{
    public required string Name { get; init; }

    public required RemoteType Type { get; init; }

    /// <summary>A forwarder that is off keeps its place in the log; what comes meanwhile is sent when it is on again.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The base address; for type <c>LineProtocol</c> the whole one.</summary>
    public required Uri Url { get; init; }

    public required string Database { get; init; }

    public required string RetentionPolicy { get; init; }

    public required string Organization { get; init; }

    public required string Bucket { get; init; }

    /// <summary>Sent as <c>Authorization: Token</c>; null for none.</summary>
    public required Secret? Token { get; init; }

    public required string User { get; init; }

    public required Secret? Password { get; init; }

    /// <summary>A PEM file with the authorities to trust instead of the system's.</summary>
    public required string? CaFile { get; init; }

    public required bool Gzip { get; init; }

    /// <summary>The time limit of one request.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>Lines of one request at most.</summary>
    public required int BatchLines { get; init; }

    /// <summary>Bytes of one request at most, before compression; a longer line goes alone.</summary>
    public required long BatchBytes { get; init; }

    /// <summary>How long points wait for others to go with them.</summary>
    public required TimeSpan FlushInterval { get; init; }

    /// <summary>The longest pause between tries while the remote is away.</summary>
    public required TimeSpan LongestRetry { get; init; }

    /// <summary>Bound of the file with lines that the remote refused.</summary>
    public required long RejectedMaxBytes { get; init; }

    public required ForwardSelection Selection { get; init; }

    /// <summary>Says the same for two entries that mean the same, secrets included, and gives nothing of them away.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether texts are sent. VictoriaMetrics keeps numbers only and would store a text as 0.</summary>
    public bool SendsTexts => Type != RemoteType.VictoriaMetrics;

    /// <summary>Whether unsigned integers go as such; else as integers, which reach half as far.</summary>
    public bool SendsUnsigned => Type != RemoteType.InfluxDb1;

    public static ForwarderOptions Read(string name, OptionReader reader)
    {
        var type = reader.Choice("Type", RemoteType.InfluxDb2, "What is written to.");
        var caFile = reader.OptionalText("CaFile", "A PEM file with the authorities to trust instead of the system's.");
        if (caFile is not null)
        {
            caFile = reader.ResolvePath("CaFile", caFile);
            if (!CertificateTrust.TryLoad(caFile, out _, out var reason))
            {
                reader.Fail("CaFile", reason);
            }
        }

        var password = reader.Secret("Password", "Password of the user.");
        var token = reader.Secret("Token", "Sent as Authorization: Token.");
        var options = new ForwarderOptions
        {
            Name = name,
            Type = type,
            Enabled = reader.Flag("Enabled", true, "Off: nothing is sent, and the log is kept for the time when it is on again."),
            Url = Address(reader, reader.RequiredText("Url", "The remote's base address, such as http://influx.example.net:8086; for type LineProtocol the whole address.")),
            Database = reader.Text("Database", "", "The database, for InfluxDB 1."),
            RetentionPolicy = reader.Text("RetentionPolicy", "", "The retention policy, for InfluxDB 1; default: the database's own."),
            Organization = reader.Text("Organization", "", "The organisation, for InfluxDB 2."),
            Bucket = reader.Text("Bucket", "", "The bucket, for InfluxDB 2."),
            Token = token,
            User = reader.Text("User", "", "User name, sent as HTTP Basic."),
            Password = password,
            CaFile = caFile,
            Gzip = reader.Flag("Gzip", true, "Compress what is sent."),
            TimeLimit = reader.Duration("TimeLimit", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "The time limit of one request."),
            BatchLines = reader.Integer("BatchLines", 5000, 1, 100_000, "Lines of one request at most."),
            BatchBytes = reader.Bytes("BatchBytes", 1 << 20, 1 << 10, 32 << 20, "Bytes of one request at most, before compression."),
            FlushInterval = reader.Duration("FlushInterval", TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5),
                "How long points wait for others to go with them."),
            LongestRetry = reader.Duration("LongestRetry", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1),
                "The longest pause between tries while the remote is away."),
            RejectedMaxBytes = reader.Bytes("RejectedMaxBytes", 8 << 20, 1 << 10, 1L << 30, "Bound of the file of lines that the remote refused; one older file is kept beside it."),
            Selection = ForwardSelection.Read(reader),
            Fingerprint = $"{reader.Fingerprint}\n{SecretMark(token)}\n{SecretMark(password)}",
        };
        Check(reader, options);
        return options;
    }

    private static void Check(OptionReader reader, ForwarderOptions options)
    {
        if (reader.Describing)
        {
            return;
        }

        if (!(options.Name.Length is > 0 and <= 60 && options.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')))
        {
            reader.Fail("Type", $"the forwarder's name '{options.Name}' may have letters, digits, dots, dashes and underscores only, at most 60");
        }

        if (options is { Type: RemoteType.InfluxDb1, Database: "" })
        {
            reader.Fail("Database", "is required for InfluxDB 1");
        }

        if (options is { Type: RemoteType.InfluxDb2, Bucket: "" })
        {
            reader.Fail("Bucket", "is required for InfluxDB 2");
        }

        if (options is { Token: not null, User.Length: > 0 })
        {
            reader.Fail("User", "stands beside Token; give one of them");
        }
    }

    private static Uri Address(OptionReader reader, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            // Addresses are logged; a secret has no place in them.
            if (url.UserInfo.Length == 0 && url.Fragment.Length == 0)
            {
                return url;
            }

            reader.Fail("Url", "must not hold a user, a password or a fragment; they have options of their own");
        }
        else if (text.Length > 0)
        {
            reader.Fail("Url", $"'{text}' is not an address such as http://influx.example.net:8086");
        }

        return new Uri("http://localhost/");
    }

    private static string SecretMark(Secret? secret) =>
        secret is null ? "" : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret.Reveal())));
}
