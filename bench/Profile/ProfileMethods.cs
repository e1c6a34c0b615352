using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NocMonitor.Bench.Profile;

/// <summary>Finds compiled methods in the program's libraries and refers to them. Overloads with as many parameters are all taken: which of them it was is hardly worth knowing.</summary>
internal sealed class ProfileMethods(ProgramLibraries libraries, MetadataBuilder metadata, ProfileReferences references)
{
    private const byte ClassKind = 0x12;
    private const byte ValueKind = 0x11;
    private const byte GenericMethod = 0x0a;

    private readonly Dictionary<string, EntityHandle> _specifications = new(StringComparer.Ordinal);

    /// <returns>The methods with the name of their group: the library that defines them, then those of their type arguments. Nothing when the program has no such method.</returns>
    public IEnumerable<(string Group, EntityHandle Method)> Find(CompiledMethod compiled)
    {
        if (compiled.Type.Name is not { } name || libraries.Find(name) is not { } type || !IsKnown(compiled.Type) || !compiled.Arguments.All(IsKnown))
        {
            yield break;
        }

        foreach (var method in type.Type.GetMethods().Select(type.Reader.GetMethodDefinition).Where(method => Fits(type.Reader, method, compiled)))
        {
            var parent = Owner(compiled.Type, type);
            var instance = compiled.Arguments.Count == 0 ? default : Arguments(compiled.Arguments);
            var named = references.TakeNamed().Where(library => library != type.Library);
            var group = string.Concat(named.Prepend(type.Library).Select(library => library + ";"));
            if (Signature(type, method) is { } signature)
            {
                EntityHandle found = metadata.AddMemberReference(parent, metadata.GetOrAddString(compiled.Name), metadata.GetOrAddBlob(signature));
                yield return (group, instance.IsNil ? found : metadata.AddMethodSpecification(found, instance));
            }

            // What only the signature names need not be there for the method to be found.
            references.TakeNamed();
        }
    }

    private static bool Fits(MetadataReader reader, MethodDefinition method, CompiledMethod compiled)
    {
        if (!reader.StringComparer.Equals(method.Name, compiled.Name))
        {
            return false;
        }

        var signature = reader.GetBlobReader(method.Signature);
        var header = signature.ReadSignatureHeader();
        var arity = header.IsGeneric ? signature.ReadCompressedInteger() : 0;
        return arity == compiled.Arguments.Count && signature.ReadCompressedInteger() == compiled.Parameters;
    }

    private BlobBuilder? Signature(ProgramLibraries.Definition type, MethodDefinition method)
    {
        try
        {
            return SignatureCopy.Method(type, method, references);
        }
        catch (NotSupportedException)
        {
            // A few signatures have types that a profile of ours cannot name: those methods stay where they are.
            return null;
        }
    }

    private bool IsKnown(TypeName type) => (type.Name is null or ProfileReferences.AnyClass || libraries.Find(type.Name) is { } definition
        && definition.Type.GetGenericParameters().Count == type.Arguments.Count) && type.Arguments.All(IsKnown);

    private EntityHandle Owner(TypeName name, ProgramLibraries.Definition type)
    {
        if (name.Arguments.Count == 0)
        {
            return references.Of(type);
        }

        var blob = new BlobBuilder();
        Write(name, blob);
        var key = Convert.ToHexString(blob.ToArray());
        return _specifications.TryGetValue(key, out var known) ? known : _specifications[key] = metadata.AddTypeSpecification(metadata.GetOrAddBlob(blob));
    }

    private BlobHandle Arguments(IReadOnlyList<TypeName> arguments)
    {
        var blob = new BlobBuilder();
        blob.WriteByte(GenericMethod);
        blob.WriteCompressedInteger(arguments.Count);
        foreach (var argument in arguments)
        {
            Write(argument, blob);
        }

        return metadata.GetOrAddBlob(blob);
    }

    private void Write(TypeName type, BlobBuilder blob)
    {
        if (type.Name is null)
        {
            blob.WriteByte((byte)SignatureTypeCode.SZArray);
            Write(type.Arguments[0], blob);
            return;
        }

        var definition = type.Name == ProfileReferences.AnyClass ? null : libraries.Find(type.Name);
        if (type.Arguments.Count > 0)
        {
            blob.WriteByte((byte)SignatureTypeCode.GenericTypeInstance);
        }

        blob.WriteByte(definition is { IsValue: true } ? ValueKind : ClassKind);
        SignatureCopy.WriteCoded(blob, definition is null ? references.Class : references.Of(definition));
        if (type.Arguments.Count > 0)
        {
            blob.WriteCompressedInteger(type.Arguments.Count);
            foreach (var argument in type.Arguments)
            {
                Write(argument, blob);
            }
        }
    }
}
