using System.Runtime.InteropServices;

namespace NocMonitor.Probes.Sockets;

/// <summary>
/// The socket calls that .NET does not offer: many messages at once, with the hop limit, the time of arrival and the error queue. Layouts are those of the
/// 64-bit Linux kernel's include/linux/socket.h, constants those of x86 and ARM.
/// </summary>
internal static unsafe partial class LinuxSocketCalls
{
    public const int Truncated = 0x20;
    public const int DoNotWait = 0x40;
    public const int ErrorQueue = 0x2000;
    public const int WaitForOne = 0x10000;

    public const short PollIn = 1;
    public const short PollError = 8;

    public const int SocketLevel = 1;
    public const int TimestampNs = 35;
    public const int IPv4Level = 0;
    public const int IPv4ReceiveError = 11;
    public const int IPv4ReceiveTtl = 12;
    public const int IPv4Ttl = 2;
    public const int IPv6Level = 41;
    public const int IPv6ReceiveError = 25;
    public const int IPv6ReceiveHopLimit = 51;
    public const int IPv6HopLimit = 52;
    public const int RawLevel = 255;
    public const int IcmpFilter = 1;
    public const int IcmpV6Level = 58;
    public const int IcmpV6Filter = 1;

    public const int EPerm = 1;
    public const int EIntr = 4;
    public const int EAgain = 11;
    public const int EAcces = 13;
    public const int EInval = 22;
    public const int EMsgSize = 90;
    public const int ENetDown = 100;
    public const int ENetUnreach = 101;
    public const int ENoBufs = 105;
    public const int EHostDown = 112;
    public const int EHostUnreach = 113;

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(SafeHandle socket, byte* message, nuint length, int flags, byte* address, uint addressLength);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMany(SafeHandle socket, ReceivedMessage* messages, uint count, int flags, nint timeout);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(SafeHandle socket, int how);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Socket;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary>A <c>struct msghdr</c>: the sender's address, the data, the control data.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public byte* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>A <c>struct mmsghdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ReceivedMessage
    {
        public MessageHeader Header;
        public uint Length;
    }
}
