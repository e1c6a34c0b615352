using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host;

/// <summary>
/// Where the watched Linux machine's files are seen: <c>/</c>, or the folder at which a container that watches its host has the host's root.
/// </summary>
internal readonly record struct HostRoot(string Path)
{
    public const string Default = "/";

    private bool IsOwn => Path == Default;

    public static HostRoot Read(OptionReader options)
    {
        var path = options.Text("HostRoot", Default,
            "Folder at which the root of the watched machine is seen; other than / only for an agent in a container that watches its host. Linux only.");
        if (!System.IO.Path.IsPathRooted(path))
        {
            options.Fail("HostRoot", $"'{path}' is not an absolute path");
        }

        return new HostRoot(path);
    }

    public string File(string relative) => System.IO.Path.Combine(Path, relative);

    public string Proc(string name) => System.IO.Path.Combine(Path, "proc", name);

    public string Sys(string name) => System.IO.Path.Combine(Path, "sys", name);

    /// <summary>
    /// A file that differs by namespace (mounts, network). "self" is this process, which lives in the container's namespaces; the host's are those
    /// of process 1.
    /// </summary>
    public string NamespaceProc(string name) => System.IO.Path.Combine(Path, "proc", IsOwn ? "self" : "1", name);
}
