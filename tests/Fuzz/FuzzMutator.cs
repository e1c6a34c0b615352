using System.Text;

namespace NocMonitor.Fuzz;

/// <summary>Makes inputs from seeds by a few random edits. The same seed number gives the same inputs.</summary>
internal sealed class FuzzMutator
{
    private const int MostEdits = 6;
    private const int LongestInput = 16 * 1024;

    private readonly Random _random;
    private readonly IReadOnlyList<byte[]> _seeds;
    private readonly byte[][] _words;

    public FuzzMutator(int seed, IReadOnlyList<byte[]> seeds, IEnumerable<string> words)
    {
        _random = new Random(seed);
        _seeds = seeds.Count > 0 ? seeds : [[]];
        _words = [.. words.Select(Encoding.UTF8.GetBytes), [0], [0x7f], [0x80], [0xff], [0xff, 0xff, 0xff, 0xff]];
    }

    public byte[] Next()
    {
        var input = new List<byte>(Pick(_seeds));
        for (var edits = _random.Next(1, MostEdits); edits > 0; edits--)
        {
            Edit(input);
        }

        return [.. input.Take(LongestInput)];
    }

    private void Edit(List<byte> input)
    {
        var at = _random.Next(input.Count + 1);
        var length = _random.Next(Math.Min(input.Count - at, 32) + 1);
        switch (_random.Next(7))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4:
                var other = Pick(_seeds);
                var from = _random.Next(other.Length + 1);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + 64)]);
                break;
            case 5:
                input.RemoveRange(at, input.Count - at);
                break;
            default:
                input.InsertRange(at, Pick(_words));
                break;
        }
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
