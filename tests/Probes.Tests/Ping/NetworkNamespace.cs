using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Ping;

/// <summary>
/// A thread in a network namespace of its own: sockets opened and programs started by <see cref="Run{T}"/> belong to that namespace, the
/// rest of the process stays where it is. Needs root; the namespace goes with its thread and its sockets.
/// </summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const int NewNetwork = 0x40000000;

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    private NetworkNamespace()
    {
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The thread's own number, by which <c>ip link set ... netns</c> finds the namespace.</summary>
    public int Id { get; private set; }

    public static NetworkNamespace Create()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("network namespaces need root on Linux");
        }

        Prerequisite.Program("ip", "iproute2");
        var created = new NetworkNamespace();
        var refused = created.Run(() => Unshare(NewNetwork) == 0 ? 0 : Marshal.GetLastPInvokeError());
        if (refused != 0)
        {
            created.Dispose();
            Assert.Ignore($"this machine lets nobody make a network namespace (error {refused})");
        }

        created.Id = created.Run(ThreadId);
        created.Ip("link set lo up");
        return created;
    }

    public T Run<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    public void Ip(string arguments)
    {
        var (code, error) = Run(() =>
        {
            using var program = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            var text = program.StandardError.ReadToEnd();
            program.WaitForExit();
            return (program.ExitCode, text);
        });
        Assert.That(code, Is.Zero, $"ip {arguments}: {error}");
    }

    /// <summary>Sets <c>net.NAME</c> in this namespace.</summary>
    public void Sysctl(string name, string value) => Run(() =>
    {
        File.WriteAllText($"/proc/sys/net/{name}", value);
        return true;
    });

    /// <summary>Takes every capability from the thread: what it opens from now on it opens as an ordinary user of its group.</summary>
    public unsafe void DropCapabilities() => Run(() =>
    {
        // _LINUX_CAPABILITY_VERSION_3 and three empty sets of 64 bits: effective, permitted, inheritable.
        var header = stackalloc uint[] { 0x20080522, 0 };
        var sets = stackalloc uint[6];
        return SetCapabilities(header, sets) == 0 ? true : throw new InvalidOperationException("capset failed");
    });

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Serve()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int ThreadId();

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static unsafe partial int SetCapabilities(uint* header, uint* sets);
}
