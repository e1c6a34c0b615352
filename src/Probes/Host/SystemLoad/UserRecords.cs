using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NocMonitor.Probes.Host.SystemLoad;

/// <summary>Counts the user records of a utmp file (utmp(5)), whose records glibc writes with a fixed size an architecture.</summary>
internal static class UserRecords
{
    private const short UserProcess = 7;
    private const int NameOffset = 44;
    private const int NameLength = 32;

    // 64-bit architectures that never had a 32-bit sibling keep 64-bit times in it.
    private static readonly int RecordSize = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 ? 400 : 384;

    public static UserCount Count(ReadOnlySpan<byte> utmp) => Count(utmp, RecordSize);

    internal static UserCount Count(ReadOnlySpan<byte> utmp, int recordSize)
    {
        var (sessions, names) = (0L, 0L);
        for (var offset = 0; offset + recordSize <= utmp.Length; offset += recordSize)
        {
            if (IsUser(utmp[offset..]))
            {
                sessions++;
                names += IsNamedBefore(utmp[..offset], Name(utmp[offset..]), recordSize) ? 0 : 1;
            }
        }

        return new UserCount(sessions, names);
    }

    private static bool IsNamedBefore(ReadOnlySpan<byte> earlier, ReadOnlySpan<byte> name, int recordSize)
    {
        for (var offset = 0; offset < earlier.Length; offset += recordSize)
        {
            if (IsUser(earlier[offset..]) && Name(earlier[offset..]).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUser(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt16LittleEndian(record) == UserProcess;

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> record)
    {
        var name = record.Slice(NameOffset, NameLength);
        var end = name.IndexOf((byte)0);
        return end < 0 ? name : name[..end];
    }
}
