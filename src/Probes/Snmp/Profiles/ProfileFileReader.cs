using NocMonitor.Probes.Snmp.Profiles.Yaml;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Makes a profile of one file's nodes; every key of the format is read in one of the readers beside this. Stateless.</summary>
internal static class ProfileFileReader
{
    /// <summary>The profile without what it inherits; null when the file holds none.</summary>
    public static DeviceProfile? Read(YamlNode root, string name, int rootIndex, ProfileFaults faults)
    {
        if (root.Kind != YamlKind.Mapping)
        {
            faults.Error(root.Place, $"a profile must be a mapping, not {root.Shape}");
            return null;
        }

        var reader = new MappingReader(root, faults);
        reader.Accept("name", "description", "version", "provider", "id", "created_timestamp");
        var profile = new DeviceProfile
        {
            Name = name,
            Place = root.Place,
            Root = rootIndex,
            SysObjectIds = [.. reader.Texts("sysobjectid").Select(text => PatternOf(text, faults)).OfType<SysObjectIdPattern>()],
            Extends = [.. reader.Texts("extends").Select(text => new ProfileReference(text.Text.Trim(), text.Place))],
            Without = [.. reader.Texts("without").Select(text => text.Text.Trim())],
            Vendor = reader.Section("device", device => device.Text("vendor")) ?? "",
            Metrics = reader.Sections("metrics", MetricReader.Read),
            Tags = [.. reader.Sections("metric_tags", TagReader.Read)],
            StaticTags = TagReader.StaticTags(reader),
            Metadata = reader.Section("metadata", ReadMetadata) ?? [],
            Traps = reader.Sections("traps", TrapReader.Read),
            Matches = ReadMatches(reader),
            AvoidsBulk = reader.Flag("no_use_bulkwalkall"),
        };
        reader.Refuse("matches_list", "only matches, which names a profile for each pattern");
        reader.Complete();
        return profile;
    }

    private static SysObjectIdPattern? PatternOf(YamlNode text, ProfileFaults faults)
    {
        var pattern = SysObjectIdPattern.TryParse(text.Text);
        if (pattern is null)
        {
            faults.Error(text.Place, $"'{text.Text}' is not a sysObjectID such as 1.3.6.1.4.1.9.1.*");
        }

        return pattern;
    }

    private static List<MetadataField> ReadMetadata(MappingReader metadata)
    {
        var fields = new List<MetadataField>();
        metadata.Section("device", device =>
        {
            device.Accept("id_tags");
            foreach (var field in device.Map("fields"))
            {
                if (device.SectionOf(field.Node, field.Name, inner => ReadField(field.Name, inner)) is { } read)
                {
                    fields.Add(read);
                }
            }

            return fields;
        });
        metadata.Refuse("interface", "the fields of interfaces come from the entry of its table");
        metadata.Refuse("ip_addresses", "only the device has metadata");
        return fields;
    }

    private static MetadataField? ReadField(string name, MappingReader field)
    {
        var symbols = new List<ProfileSymbol>();
        symbols.AddRange(field.Sections("symbol", SymbolReader.ReadCell));
        symbols.AddRange(field.Sections("symbols", SymbolReader.ReadCell));
        var value = field.Text("value");
        if (value is null && symbols.Count == 0)
        {
            field.Faults.Error(field.Place, $"{name} has neither value nor symbol");
            return null;
        }

        return new MetadataField(name, value, symbols);
    }

    private static List<DescriptionMatch> ReadMatches(MappingReader reader)
    {
        var matches = new List<DescriptionMatch>();
        foreach (var member in reader.Map("matches"))
        {
            // Patterns are held against the lower-case sysDescr.
            if (reader.TextOf(member.Node, "matches") is { } profile && reader.PatternOf(member.Place, member.Name.ToLowerInvariant()) is { } pattern)
            {
                matches.Add(new DescriptionMatch(pattern, new ProfileReference(profile, member.Node.Place)));
            }
        }

        return matches;
    }
}
