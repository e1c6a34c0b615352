using System.Text;
using System.Text.Json;
using NocMonitor.Probes.Discovery;

namespace NocMonitor.Agent.Discovery;

/// <summary>
/// How far a discovery came and what it found, one JSON object a line, written as it happens: whatever ends the process, the next run of the same discovery goes on from there. Each line is handed to the system
/// at once; of one that was torn the lines before it count. Open for one process at a time. One owner; the discovery calls it one call at a time.
/// </summary>
internal sealed class DiscoveryJournal : IDiscoverySink, IDisposable
{
    /// <summary>How far it came is written every so many addresses: no more are looked at twice.</summary>
    private const int NoteEvery = 64;

    private const string Folder = "discovery";

    private readonly FileStream _file;
    private readonly Dictionary<string, DeviceJson> _devices = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private long _noted;

    private DiscoveryJournal(FileStream file) => _file = file;

    /// <summary>The id of the run, the same after it went on.</summary>
    public string Id { get; private set; } = "";

    public DateTimeOffset Started { get; private set; }

    /// <summary>The first address that is not known to be done with.</summary>
    public long Next { get; private set; }

    /// <summary>True when a run that was broken off goes on.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>What was found, each address once.</summary>
    public IReadOnlyList<DeviceJson> Devices => [.. _order.Select(address => _devices[address])];

    public int Count => _devices.Count;

    /// <summary>Called after each change, for who shows how it goes on.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>Opens the journal of a request: what a broken run left, unless it is too old or to be forgotten, else a new one.</summary>
    /// <exception cref="IOException">The folder cannot be written, or another process runs the same discovery.</exception>
    public static DiscoveryJournal Open(string data, DiscoveryRequest request, bool restart, TimeSpan keep, TimeProvider time)
    {
        var folder = Path.Combine(data, Folder);
        Directory.CreateDirectory(folder);
        var journal = new DiscoveryJournal(new FileStream(Path.Combine(folder, request.FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        try
        {
            if (restart || !journal.Load(request) || time.GetUtcNow() - journal.Started > keep)
            {
                journal.Begin(request, time.GetUtcNow());
            }

            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    public void Found(DiscoveredDevice device)
    {
        var found = new DeviceJson(
            device.Address.ToString(), device.Facts, device.Credentials.Length > 0 ? device.Credentials : null, device.Trouble.Length > 0 ? device.Trouble : null);
        Keep(found);
        Write(new JournalLine(Device: found));
        Changed();
    }

    public void Advanced(long next)
    {
        Next = next;
        if (next - _noted >= NoteEvery)
        {
            Note();
        }

        Changed();
    }

    /// <summary>Writes how far it came, whatever that is.</summary>
    public void Note()
    {
        _noted = Next;
        Write(new JournalLine(Next: Next));
    }

    /// <summary>The discovery is over and told: nothing is left to go on with.</summary>
    public void Delete()
    {
        _file.Dispose();
        File.Delete(_file.Name);
    }

    public void Dispose() => _file.Dispose();

    private void Begin(DiscoveryRequest request, DateTimeOffset now)
    {
        _devices.Clear();
        _order.Clear();
        (Id, Started, Next, _noted, IsResumed) = (Guid.NewGuid().ToString("N"), now, 0, 0, false);
        _file.SetLength(0);
        Write(new JournalLine(Id, Started, request.Text));
    }

    /// <summary>False when there is nothing to go on with.</summary>
    private bool Load(DiscoveryRequest request)
    {
        using var reader = new StreamReader(_file, Encoding.UTF8, leaveOpen: true);
        if (Read(reader) is not { Id: { } id, Started: { } started } head || head.Request != request.Text)
        {
            return false;
        }

        (Id, Started, IsResumed) = (id, started, true);
        while (Read(reader) is { } line)
        {
            Next = line.Next is { } next && next <= request.Addresses.Count ? next : Next;
            if (line.Device is { Address.Length: > 0, Facts: not null } device)
            {
                Keep(device);
            }
        }

        // A torn line would spoil the next one behind it.
        Rewrite(request);
        return true;
    }

    private static JournalLine? Read(StreamReader reader)
    {
        try
        {
            return reader.ReadLine() is { Length: > 0 } line ? JsonSerializer.Deserialize(line, DiscoveryJson.Plain.JournalLine) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Rewrite(DiscoveryRequest request)
    {
        _file.SetLength(0);
        Write(new JournalLine(Id, Started, request.Text));
        foreach (var device in Devices)
        {
            Write(new JournalLine(Device: device));
        }

        Note();
    }

    private void Keep(DeviceJson device)
    {
        if (_devices.TryAdd(device.Address, device))
        {
            _order.Add(device.Address);
        }

        _devices[device.Address] = device;
    }

    private void Write(JournalLine line)
    {
        _file.Seek(0, SeekOrigin.End);
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, DiscoveryJson.Plain.JournalLine), (byte)'\n']);
        _file.Flush();
    }
}
