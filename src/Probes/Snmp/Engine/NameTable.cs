namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>The last name of each column of a walk, in one array that grows with the longest of them.</summary>
internal sealed class NameTable(int count)
{
    private const int UsualLength = 40;

    private readonly int[] _lengths = new int[count];
    private byte[] _bytes = new byte[count * UsualLength];
    private int _room = UsualLength;

    public ReadOnlySpan<byte> this[int column] => _bytes.AsSpan(column * _room, _lengths[column]);

    public void Set(int column, ReadOnlySpan<byte> name)
    {
        if (name.Length > _room)
        {
            Grow(name.Length);
        }

        name.CopyTo(_bytes.AsSpan(column * _room));
        _lengths[column] = name.Length;
    }

    private void Grow(int length)
    {
        var room = Math.Max(length, _room * 2);
        var bytes = new byte[_lengths.Length * room];
        for (var column = 0; column < _lengths.Length; column++)
        {
            this[column].CopyTo(bytes.AsSpan(column * room));
        }

        (_bytes, _room) = (bytes, room);
    }
}
