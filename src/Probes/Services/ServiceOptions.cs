using NocMonitor.Configuration;
using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Services;

/// <summary>Options of the <c>service</c> probe.</summary>
internal sealed record ServiceOptions
{
    /// <summary>The word in <see cref="Names"/> for every service that the machine starts by itself.</summary>
    public const string Automatic = "Automatic";

    // Started automatically by their configuration and then stopped by themselves until something triggers them: the usual false alarms of Windows.
    private static readonly string[] StartedByTriggers =
    [
        "clr_optimization*", "dbupdate", "dbupdatem", "DoSvc", "edgeupdate", "edgeupdatem", "gpsvc", "gupdate", "gupdatem", "GoogleUpdater*", "MapsBroker", "MMCSS",
        "RemoteRegistry", "ShellHWDetection", "sppsvc", "stisvc", "SysmonLog", "TBS", "TrustedInstaller", "wbengine", "WbioSrvc", "WSearch", "BITS", "wuauserv",
        "CDPSvc", "CDPUserSvc*", "OneSyncSvc*", "tiledatamodelsvc", "InstallService", "UsoSvc",
    ];

    /// <summary>Names, patterns, and <see cref="Automatic"/>.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required IReadOnlyList<NamePattern> Exclude { get; init; }

    public required ExpectedState Expect { get; init; }

    /// <summary>For so long after the machine's start, and after a start of its own, a service may still be starting.</summary>
    public required TimeSpan StartGrace { get; init; }

    /// <summary>Services of OpenRC or System V by name, each with the pid file of its process.</summary>
    public required IReadOnlyDictionary<string, string> PidFiles { get; init; }

    /// <summary>The systemctl program.</summary>
    public required string Systemctl { get; init; }

    public required TimeSpan Timeout { get; init; }

    public bool WatchesAutomatic => Names.Contains(Automatic, StringComparer.OrdinalIgnoreCase);

    public static ServiceOptions Read(OptionReader options)
    {
        var files = options.TextMap("PidFiles", "Services of OpenRC or System V by name, each with the pid file of its process. Linux only.");
        foreach (var (name, file) in files)
        {
            if (!Path.IsPathFullyQualified(file))
            {
                options.Fail("PidFiles", $"'{file}' of {name} is not a full path");
            }
        }

        var services = options.Texts("Services", [Automatic],
            "systemd units or Windows services: names, patterns with *, ? and [a-z], and the word Automatic for every one that the machine starts by itself.");
        foreach (var service in services.Where(name => name.Length == 0 || name.StartsWith('-') || name.AsSpan().IndexOfAny(" \t\n\0") >= 0))
        {
            options.Fail("Services", $"'{service}' is not the name of a service");
        }

        return new ServiceOptions
        {
            Names = services,
            Exclude = [.. options.Texts("Exclude", StartedByTriggers, "Names and patterns left out of Automatic and of patterns.").Select(text => new NamePattern(text, ignoreCase: true))],
            Expect = options.Choice("Expect", ExpectedState.Running, "The state the services are meant to be in."),
            StartGrace = options.Duration("StartGrace", TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromHours(1),
                "How long after the machine's start an automatic service may still be away, and any service may take to start."),
            PidFiles = files,
            Systemctl = options.Text("Systemctl", "systemctl", "The systemctl program, by name or full path. Linux only."),
            Timeout = options.Duration("Timeout", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5), "Time limit of the question to systemd."),
        };
    }

    public bool IsExcluded(ReadOnlySpan<char> name)
    {
        foreach (var pattern in Exclude)
        {
            if (pattern.Matches(name))
            {
                return true;
            }
        }

        return false;
    }
}
