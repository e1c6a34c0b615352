using System.ComponentModel;
using System.Runtime.Versioning;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Services;

internal sealed partial class ServiceProbe
{
    // How a service starts is asked for one by one, three calls each, and changes when an administrator changes it.
    private static readonly TimeSpan StartsKeptFor = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, WindowsServiceStart> _starts = new(StringComparer.OrdinalIgnoreCase);
    private readonly WindowsServiceVerdict _windowsVerdict = new(options, time);
    private readonly (NamePattern Pattern, bool IsNamed)[] _wanted =
        [.. options.Names.Select(name => (new NamePattern(name, ignoreCase: true), !NamePattern.HasWildcards(name)))];

    private long? _startsReadAt;

    [SupportedOSPlatform("windows")]
    private void ProbeWindows(AddPoint add)
    {
        List<WindowsServiceStatus> services;
        try
        {
            services = ServiceControlManager.List();
        }
        catch (Win32Exception exception)
        {
            foreach (var name in options.Names)
            {
                add(new Point("win_services").Tag("service_name", name), $"the service control manager cannot be asked: {exception.Message}", ResultCode.ProbeFailed);
            }

            return;
        }

        ForgetOldStarts();
        foreach (var service in services)
        {
            ReportWindows(service, add);
        }

        foreach (var (pattern, _) in _wanted.Where(wanted => wanted.IsNamed && !IsAutomatic(wanted.Pattern)
            && !services.Exists(service => wanted.Pattern.Matches(service.Name))))
        {
            add(new Point("win_services").Tag("service_name", pattern.Text), options.Expect == ExpectedState.Any ? null : "no such service");
        }
    }

    [SupportedOSPlatform("windows")]
    private void ReportWindows(in WindowsServiceStatus service, AddPoint add)
    {
        var name = service.Name;
        var isNamed = Array.Exists(_wanted, wanted => wanted.IsNamed && wanted.Pattern.Matches(name));
        var isFound = !isNamed && !options.IsExcluded(name);
        if (!isNamed && !(isFound && (options.WatchesAutomatic || Array.Exists(_wanted, wanted => wanted.Pattern.Matches(name)))))
        {
            return;
        }

        if (!_starts.TryGetValue(name, out var start))
        {
            start = ServiceControlManager.ReadStart(name);
            _starts[name] = start;
        }

        var isPattern = Array.Exists(_wanted, wanted => !wanted.IsNamed && wanted.Pattern.Matches(name));
        if (isNamed || isPattern || start.Mode == WindowsServiceVerdict.AutomaticStart)
        {
            add(WindowsServiceVerdict.PointOf(service, start), _windowsVerdict.Judge(service, start, isNamed));
        }
    }

    private static bool IsAutomatic(NamePattern pattern) => string.Equals(pattern.Text, ServiceOptions.Automatic, StringComparison.OrdinalIgnoreCase);

    private void ForgetOldStarts()
    {
        if (_startsReadAt is null || time.GetElapsedTime(_startsReadAt.Value) > StartsKeptFor)
        {
            _starts.Clear();
            _startsReadAt = time.GetTimestamp();
        }
    }
}
