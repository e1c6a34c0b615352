using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NocMonitor.Bench.Profile;

/// <summary>References of a profile to libraries and types, each made once. Single-threaded; remembers which libraries were named since it was asked last.</summary>
internal sealed class ProfileReferences(MetadataBuilder metadata)
{
    /// <summary>The compiler's name for "any class" as a type argument, and the library that it looks for it in.</summary>
    public const string AnyClass = "System.__Canon";

    private const string AnyClassLibrary = "System.Private.Canon";

    private readonly Dictionary<string, AssemblyReferenceHandle> _libraries = new(StringComparer.Ordinal);
    private readonly Dictionary<(EntityHandle Scope, string Namespace, string Name), TypeReferenceHandle> _types = [];
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    public TypeReferenceHandle Class => Type(Library(AnyClassLibrary), "System", "__Canon");

    public string[] TakeNamed()
    {
        string[] named = [.. _named.Where(name => name != AnyClassLibrary).Order(StringComparer.Ordinal)];
        _named.Clear();
        return named;
    }

    public TypeReferenceHandle Of(ProgramLibraries.Definition type) => Of(type.Library, type.Reader, type.Type);

    /// <summary>A type that a library of the program defines.</summary>
    public TypeReferenceHandle Of(string library, MetadataReader reader, TypeDefinition type)
    {
        EntityHandle scope = type.GetDeclaringType() is { IsNil: false } outer ? Of(library, reader, reader.GetTypeDefinition(outer)) : Library(library);
        return Type(scope, Text(reader, type.Namespace), reader.GetString(type.Name));
    }

    /// <summary>A type that a library of the program refers to.</summary>
    public TypeReferenceHandle Of(MetadataReader reader, TypeReference type)
    {
        EntityHandle scope = type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => Of(reader, reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope)),
            HandleKind.AssemblyReference => Library(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)),
            _ => throw new NotSupportedException("a type of another module"),
        };
        return Type(scope, Text(reader, type.Namespace), reader.GetString(type.Name));
    }

    private AssemblyReferenceHandle Library(string name)
    {
        _named.Add(name);
        return _libraries.TryGetValue(name, out var known) ? known
            : _libraries[name] = metadata.AddAssemblyReference(metadata.GetOrAddString(name), new Version(0, 0, 0, 0), default, default, default, default);
    }

    private TypeReferenceHandle Type(EntityHandle scope, string @namespace, string name) => _types.TryGetValue((scope, @namespace, name), out var known) ? known
        : _types[(scope, @namespace, name)] = metadata.AddTypeReference(scope, @namespace.Length == 0 ? default : metadata.GetOrAddString(@namespace), metadata.GetOrAddString(name));

    private static string Text(MetadataReader reader, StringHandle handle) => handle.IsNil ? "" : reader.GetString(handle);
}
