using NocMonitor.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NocMonitor.Probes.Snmp.Profiles.Yaml;

/// <summary>
/// Reads one YAML file into nodes from the events of YamlDotNet, the part of it that needs no reflection. Every size is bounded; aliases share
/// their anchor's node and are not copied, so that a small file cannot become a large tree. One file, one reader.
/// </summary>
internal sealed class YamlFile
{
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly ProfileFaults _faults;
    private readonly Parser _parser;
    private int _nodes;
    private int _aliases;

    private YamlFile(string file, string text, ProfileFaults faults)
    {
        _file = file;
        _faults = faults;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The first document; null, with the reason among the faults, when there is none that can be read.</summary>
    public static YamlNode? Read(string file, string text, ProfileFaults faults)
    {
        if (text.Length > YamlLimits.Bytes)
        {
            faults.Error(new ConfigPlace(file, 1, 1), $"the file has more than {YamlLimits.Bytes} characters");
            return null;
        }

        var reader = new YamlFile(file, text, faults);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException exception)
        {
            faults.Error(reader.PlaceOf(exception.Start), $"not valid YAML: {exception.Message}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // What the scanner throws where it does not expect the end of the text.
            faults.Error(reader.PlaceOf(reader._parser.Current?.Start ?? Mark.Empty), $"not valid YAML: {exception.Message}");
        }

        return null;
    }

    private YamlNode? ReadDocument()
    {
        YamlNode? root = null;
        while (_parser.MoveNext())
        {
            if (_parser.Current is DocumentStart start && root is not null)
            {
                _faults.Unsupported(PlaceOf(start.Start), "only the first document of a file is read");
                return root;
            }

            if (_parser.Current is NodeEvent or AnchorAlias)
            {
                root = ReadNode(_parser.Current, 0);
            }
        }

        if (root is null)
        {
            _faults.Error(new ConfigPlace(_file, 1, 1), "the file is empty");
        }

        return root;
    }

    private YamlNode ReadNode(ParsingEvent start, int depth)
    {
        if (++_nodes > YamlLimits.Nodes || depth > YamlLimits.Depth)
        {
            var limit = depth > YamlLimits.Depth ? $"{YamlLimits.Depth} levels" : $"{YamlLimits.Nodes} nodes";
            throw new SemanticErrorException(start.Start, start.End, $"the file has more than {limit}");
        }

        if (start is AnchorAlias alias)
        {
            return Anchored(alias);
        }

        var node = start switch
        {
            Scalar scalar => new YamlNode(YamlKind.Scalar, PlaceOf(scalar.Start)) { Text = scalar.Value, IsPlain = scalar.IsPlainImplicit },
            SequenceStart => new YamlNode(YamlKind.Sequence, PlaceOf(start.Start)) { Items = ReadItems(depth) },
            _ => new YamlNode(YamlKind.Mapping, PlaceOf(start.Start)) { Members = ReadMembers(depth) },
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor.Value] = node;
        }

        return node;
    }

    private YamlNode Anchored(AnchorAlias alias)
    {
        if (++_aliases > YamlLimits.Aliases)
        {
            throw new SemanticErrorException(alias.Start, alias.End, $"the file has more than {YamlLimits.Aliases} aliases");
        }

        return _anchors.TryGetValue(alias.Value.Value, out var node)
            ? node
            : throw new SemanticErrorException(alias.Start, alias.End, $"there is no anchor '{alias.Value.Value}' before this alias");
    }

    private List<YamlNode> ReadItems(int depth)
    {
        var items = new List<YamlNode>();
        while (Next() is not SequenceEnd)
        {
            items.Add(ReadNode(_parser.Current!, depth + 1));
        }

        return items;
    }

    private List<YamlMember> ReadMembers(int depth)
    {
        var members = new List<YamlMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var merged = new List<YamlNode>();
        while (Next() is not MappingEnd)
        {
            var place = PlaceOf(_parser.Current!.Start);
            var key = ReadNode(_parser.Current!, depth + 1);
            Next();
            var value = ReadNode(_parser.Current!, depth + 1);
            if (key is { Kind: YamlKind.Scalar, IsPlain: true, Text: "<<" })
            {
                merged.AddRange(value.Kind == YamlKind.Sequence ? value.Items : [value]);
            }
            else if (key.Kind != YamlKind.Scalar)
            {
                _faults.Error(place, "a key must be a text");
            }
            else if (names.Add(key.Text))
            {
                members.Add(new YamlMember(key.Text, place, value));
            }
            else
            {
                _faults.Error(place, $"the key {key.Text} stands here twice; the first is used");
            }
        }

        Merge(members, names, merged);
        return members;
    }

    /// <summary>Merge keys give what the mapping itself does not say.</summary>
    private void Merge(List<YamlMember> members, HashSet<string> names, List<YamlNode> merged)
    {
        foreach (var member in merged.SelectMany(node => node.Members))
        {
            if (names.Add(member.Name))
            {
                _nodes++;
                members.Add(member);
            }
        }
    }

    private ParsingEvent Next() =>
        _parser.MoveNext() ? _parser.Current! : throw new SyntaxErrorException("the file ends in the middle of a value");

    private ConfigPlace PlaceOf(Mark mark) => new(_file, (int)Math.Clamp(mark.Line, 1, int.MaxValue), (int)Math.Clamp(mark.Column, 1, int.MaxValue));
}
