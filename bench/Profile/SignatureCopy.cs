using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NocMonitor.Bench.Profile;

/// <summary>Writes signatures of one library again, with the references of the profile. What a type becomes is what writes it.</summary>
internal sealed class SignatureCopy(string library, ProfileReferences references) : ISignatureTypeProvider<Action<BlobBuilder>, object?>
{
    public static BlobBuilder Method(ProgramLibraries.Definition type, MethodDefinition method, ProfileReferences references)
    {
        var decoded = method.DecodeSignature(new SignatureCopy(type.Library, references), null);
        var blob = new BlobBuilder();
        Write(decoded, blob);
        return blob;
    }

    public static void WriteCoded(BlobBuilder blob, EntityHandle type) => blob.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(type));

    public Action<BlobBuilder> GetPrimitiveType(PrimitiveTypeCode typeCode) => blob => blob.WriteByte((byte)typeCode);

    public Action<BlobBuilder> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Named(references.Of(library, reader, reader.GetTypeDefinition(handle)), rawTypeKind);

    public Action<BlobBuilder> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Named(references.Of(reader, reader.GetTypeReference(handle)), rawTypeKind);

    public Action<BlobBuilder> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public Action<BlobBuilder> GetGenericInstantiation(Action<BlobBuilder> genericType, ImmutableArray<Action<BlobBuilder>> typeArguments) => blob =>
    {
        blob.WriteByte((byte)SignatureTypeCode.GenericTypeInstance);
        genericType(blob);
        blob.WriteCompressedInteger(typeArguments.Length);
        foreach (var argument in typeArguments)
        {
            argument(blob);
        }
    };

    public Action<BlobBuilder> GetArrayType(Action<BlobBuilder> elementType, ArrayShape shape) => throw new NotSupportedException("an array of several dimensions");

    public Action<BlobBuilder> GetSZArrayType(Action<BlobBuilder> elementType) => After(SignatureTypeCode.SZArray, elementType);

    public Action<BlobBuilder> GetByReferenceType(Action<BlobBuilder> elementType) => After(SignatureTypeCode.ByReference, elementType);

    public Action<BlobBuilder> GetPointerType(Action<BlobBuilder> elementType) => After(SignatureTypeCode.Pointer, elementType);

    public Action<BlobBuilder> GetPinnedType(Action<BlobBuilder> elementType) => After(SignatureTypeCode.Pinned, elementType);

    public Action<BlobBuilder> GetGenericTypeParameter(object? genericContext, int index) => Parameter(SignatureTypeCode.GenericTypeParameter, index);

    public Action<BlobBuilder> GetGenericMethodParameter(object? genericContext, int index) => Parameter(SignatureTypeCode.GenericMethodParameter, index);

    /// <summary>A modifier is a class or structure; only its reference is written, not what kind it is.</summary>
    public Action<BlobBuilder> GetModifiedType(Action<BlobBuilder> modifier, Action<BlobBuilder> unmodifiedType, bool isRequired) => blob =>
    {
        var written = new BlobBuilder();
        modifier(written);
        blob.WriteByte((byte)(isRequired ? SignatureTypeCode.RequiredModifier : SignatureTypeCode.OptionalModifier));
        blob.WriteBytes(written.ToArray().AsSpan(1).ToArray());
        unmodifiedType(blob);
    };

    public Action<BlobBuilder> GetFunctionPointerType(MethodSignature<Action<BlobBuilder>> signature) => blob =>
    {
        blob.WriteByte((byte)SignatureTypeCode.FunctionPointer);
        Write(signature, blob);
    };

    private static void Write(MethodSignature<Action<BlobBuilder>> method, BlobBuilder blob)
    {
        blob.WriteByte(method.Header.RawValue);
        if (method.Header.IsGeneric)
        {
            blob.WriteCompressedInteger(method.GenericParameterCount);
        }

        blob.WriteCompressedInteger(method.ParameterTypes.Length);
        method.ReturnType(blob);
        foreach (var parameter in method.ParameterTypes)
        {
            parameter(blob);
        }
    }

    private static Action<BlobBuilder> Named(TypeReferenceHandle type, byte kind) => blob =>
    {
        blob.WriteByte(kind);
        WriteCoded(blob, type);
    };

    private static Action<BlobBuilder> After(SignatureTypeCode code, Action<BlobBuilder> type) => blob =>
    {
        blob.WriteByte((byte)code);
        type(blob);
    };

    private static Action<BlobBuilder> Parameter(SignatureTypeCode code, int index) => blob =>
    {
        blob.WriteByte((byte)code);
        blob.WriteCompressedInteger(index);
    };
}
