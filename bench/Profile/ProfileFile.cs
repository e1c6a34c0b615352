using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace NocMonitor.Bench.Profile;

/// <summary>
/// Writes a profile as crossgen2 reads it: a library whose code is never run. Its method AssemblyDictionary names groups of methods; a group loads the token of each of its methods with a weight
/// and drops it again.
/// </summary>
internal sealed class ProfileFile
{
    /// <summary>All that matters is that it is not nought: methods with a weight are laid side by side.</summary>
    private const double Weight = 1000;

    private readonly MetadataBuilder _metadata = new();
    private readonly MethodBodyStreamEncoder _bodies = new(new BlobBuilder());
    private readonly SortedDictionary<string, List<EntityHandle>> _groups = new(StringComparer.Ordinal);

    /// <returns>How many methods were found, and how many names were not.</returns>
    public (int Methods, int Unknown) Add(ProgramLibraries libraries, IEnumerable<CompiledMethod> compiled)
    {
        var (methods, unknown) = (0, 0);
        var finder = new ProfileMethods(libraries, _metadata, new ProfileReferences(_metadata));
        foreach (var method in compiled)
        {
            var before = methods;
            foreach (var (group, handle) in finder.Find(method))
            {
                (_groups.TryGetValue(group, out var known) ? known : _groups[group] = []).Add(handle);
                methods++;
            }

            unknown += methods == before ? 1 : 0;
        }

        return (methods, unknown);
    }

    public void Write(string file)
    {
        var name = _metadata.GetOrAddString(Path.GetFileName(file));
        _metadata.AddModule(0, name, _metadata.GetOrAddGuid(Guid.Empty), default, default);
        _metadata.AddAssembly(name, new Version(0, 0, 0, 0), default, default, default, default);
        _metadata.AddTypeDefinition(default, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        AddMethods();
        var image = new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(_metadata), _bodies.Builder, deterministicIdProvider: _ => new BlobContentId(Guid.Empty, 1));
        var blob = new BlobBuilder();
        image.Serialize(blob);
        File.WriteAllBytes(file, blob.ToArray());
    }

    private void AddMethods()
    {
        var dictionary = NewCode();
        foreach (var (group, methods) in _groups)
        {
            var code = NewCode();
            foreach (var method in methods)
            {
                Load(code, method);
                code.LoadString(_metadata.GetOrAddUserString("ExclusiveWeight"));
                code.LoadConstantR8(Weight);
                code.OpCode(ILOpCode.Pop);
            }

            dictionary.LoadString(_metadata.GetOrAddUserString(group));
            Load(dictionary, Define($"Group{_metadata.GetRowCount(TableIndex.MethodDef)}", code));
            dictionary.OpCode(ILOpCode.Pop);
        }

        Define("AssemblyDictionary", dictionary);
    }

    private static InstructionEncoder NewCode() => new(new BlobBuilder());

    private static void Load(InstructionEncoder code, EntityHandle token)
    {
        code.OpCode(ILOpCode.Ldtoken);
        code.Token(token);
    }

    private MethodDefinitionHandle Define(string name, InstructionEncoder code)
    {
        code.OpCode(ILOpCode.Ret);
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, type => type.Void(), _ => { });
        return _metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, _metadata.GetOrAddString(name), _metadata.GetOrAddBlob(signature),
            _bodies.AddMethodBody(code), default);
    }
}
