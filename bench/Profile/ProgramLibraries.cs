using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NocMonitor.Bench.Profile;

/// <summary>The types of a published program's libraries by name. Keeps the files open until it is disposed.</summary>
internal sealed class ProgramLibraries : IDisposable
{
    private readonly List<PEReader> _files = [];
    private readonly Dictionary<string, Definition> _types = new(StringComparer.Ordinal);

    public ProgramLibraries(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            var image = new PEReader(File.OpenRead(file));
            _files.Add(image);
            if (image.HasMetadata && image.GetMetadataReader() is { IsAssembly: true } reader)
            {
                AddTypes(reader);
            }
        }
    }

    public Definition? Find(string name) => _types.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    /// <summary>The full name, as reflection writes it, of a type defined here.</summary>
    public static string FullName(MetadataReader reader, TypeDefinition type)
    {
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{FullName(reader, reader.GetTypeDefinition(outer))}+{name}"
            : type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private void AddTypes(MetadataReader reader)
    {
        var library = reader.GetString(reader.GetAssemblyDefinition().Name);
        foreach (var handle in reader.TypeDefinitions)
        {
            _types.TryAdd(FullName(reader, reader.GetTypeDefinition(handle)), new Definition(library, reader, handle));
        }
    }

    /// <summary>A type where it is defined.</summary>
    internal sealed record Definition(string Library, MetadataReader Reader, TypeDefinitionHandle Handle)
    {
        public TypeDefinition Type => Reader.GetTypeDefinition(Handle);

        public bool IsValue => Type.BaseType is { IsNil: false, Kind: HandleKind.TypeReference } parent
            ? IsValueName(Reader.GetTypeReference((TypeReferenceHandle)parent) is var reference ? Reader.GetString(reference.Name) : "")
            : Type.BaseType is { IsNil: false, Kind: HandleKind.TypeDefinition } own && IsValueName(Reader.GetString(Reader.GetTypeDefinition((TypeDefinitionHandle)own).Name))
                && Reader.GetString(Type.Name) != "Enum";

        private static bool IsValueName(string name) => name is "ValueType" or "Enum";
    }
}
