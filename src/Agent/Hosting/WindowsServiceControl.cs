using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NocMonitor.Agent.Hosting;

/// <summary>
/// The conversation with the Windows service control manager. It calls back on threads of its own through function pointers that carry no object, so
/// the one connection of the process is static. The manager is told every state; controls turn into the two actions.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsServiceControl
{
    private const uint OwnProcess = 0x10;
    private const uint StartPending = 2;
    private const uint StopPending = 3;
    private const uint IsRunning = 4;
    private const uint IsStopped = 1;
    private const uint AcceptStopShutdownParamChange = 0x1 | 0x4 | 0x8;
    private const uint ControlStop = 1;
    private const uint ControlInterrogate = 4;
    private const uint ControlShutdown = 5;
    private const uint ControlParamChange = 6;
    private const uint NotImplemented = 120;
    private const uint ServiceSpecificError = 1066;

    /// <summary>How long the manager is asked to wait for a start or a stop, in milliseconds.</summary>
    private const uint PendingHint = 15_000;

    // The operating system allows one dispatcher a process, and its callbacks find nothing else.
    private static WindowsServiceControl? _current;

    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private nint _handle;

    private WindowsServiceControl()
    {
    }

    /// <summary>Runs on a thread of the manager when it stops the service or Windows shuts down; returns at once.</summary>
    public Action? StopRequested { get; set; }

    /// <summary>Runs when the service's parameters changed (<c>sc control NAME paramchange</c>): read the configuration again.</summary>
    public Action? ReloadRequested { get; set; }

    /// <summary>Connects to the manager when it started this process; null when a person did.</summary>
    public static async Task<WindowsServiceControl?> ConnectAsync()
    {
        var control = new WindowsServiceControl();
        _current = control;

        // The dispatcher keeps its thread until the service has stopped.
        new Thread(control.Dispatch) { IsBackground = true, Name = "service control" }.Start();
        await control._answered.Task;
        return control._handle == 0 ? null : control;
    }

    public void Running() => Report(IsRunning, AcceptStopShutdownParamChange, 0, 0);

    public void Stopped(int exitCode) => Report(IsStopped, 0, 0, exitCode);

    private unsafe void Dispatch()
    {
        var name = stackalloc char[1];
        var table = stackalloc ServiceTableEntry[2];
        table[0] = new ServiceTableEntry { Name = name, Main = &ServiceMain };
        table[1] = default;

        // Returns at once, with an error, in a process that the manager did not start.
        StartServiceCtrlDispatcherW(table);
        _answered.TrySetResult();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static unsafe void ServiceMain(uint count, char** arguments)
    {
        var name = stackalloc char[1];
        var control = _current!;
        control._handle = RegisterServiceCtrlHandlerExW(name, &Handle, 0);
        control.Report(StartPending, 0, PendingHint, 0);
        control._answered.TrySetResult();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static unsafe uint Handle(uint control, uint type, nint data, nint context)
    {
        var current = _current!;
        switch (control)
        {
            case ControlStop or ControlShutdown:
                current.Report(StopPending, 0, PendingHint, 0);
                current.StopRequested?.Invoke();
                return 0;
            case ControlParamChange:
                current.ReloadRequested?.Invoke();
                return 0;
            default:
                return control == ControlInterrogate ? 0 : NotImplemented;
        }
    }

    private unsafe void Report(uint state, uint accepted, uint hint, int exitCode)
    {
        var status = new ServiceStatus
        {
            Type = OwnProcess,
            State = state,
            Accepted = accepted,
            Win32ExitCode = exitCode == 0 ? 0 : ServiceSpecificError,
            SpecificExitCode = (uint)exitCode,
            CheckPoint = hint == 0 ? 0u : 1u,
            WaitHint = hint,
        };
        SetServiceStatus(_handle, &status);
    }

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct ServiceTableEntry
    {
        public char* Name;
        public delegate* unmanaged[Stdcall]<uint, char**, void> Main;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ServiceStatus
    {
        public uint Type;
        public uint State;
        public uint Accepted;
        public uint Win32ExitCode;
        public uint SpecificExitCode;
        public uint CheckPoint;
        public uint WaitHint;
    }

    [LibraryImport("advapi32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool StartServiceCtrlDispatcherW(ServiceTableEntry* table);

    [LibraryImport("advapi32.dll")]
    private static unsafe partial nint RegisterServiceCtrlHandlerExW(char* name, delegate* unmanaged[Stdcall]<uint, uint, nint, nint, uint> handler, nint context);

    [LibraryImport("advapi32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool SetServiceStatus(nint handle, ServiceStatus* status);
}
