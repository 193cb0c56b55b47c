using Google.Protobuf.Reflection;

namespace VPythonTools.SpecLang.Binding;

/// <summary>Features of a field that depend on the syntax or edition of its file, and that descriptors do not show.</summary>
/// <param name="IsClosedEnum">Whether only the named values of its enumeration are allowed.</param>
/// <param name="MustBeUtf8">Whether its strings must be UTF-8.</param>
/// <param name="IsNamedByType">Whether text names it by its type: what was, or could have been, declared as a group of proto2.</param>
internal readonly record struct FieldFeatures(bool IsClosedEnum, bool MustBeUtf8, bool IsNamedByType)
{
    public static FieldFeatures Of(FieldDescriptor field) => new(
        field.FieldType == FieldType.Enum && IsClosed(field),
        field.FieldType == FieldType.String && RequiresUtf8(field),
        field.FieldType == FieldType.Group && IsLikeGroup(field));

    /// <summary>A field that is delimited in binary form since its edition says so is one only if its type is declared beside it and has its name.</summary>
    private static bool IsLikeGroup(FieldDescriptor field) =>
        field.MessageType.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase) && !field.Name.Any(char.IsAsciiLetterUpper)
        && field.MessageType.File == field.File && field.MessageType.ContainingType == field.ContainingType;

    private static bool IsClosed(FieldDescriptor field)
    {
        // A proto2 message treats every enumeration as closed, also one of a proto3 file.
        if (IsProto2(field.File)) return true;
        if (!HasEdition(field.EnumType.File)) return IsProto2(field.EnumType.File);
        FeatureSet.Types.EnumType own = field.EnumType.ToProto().Options?.Features?.EnumType ?? FeatureSet.Types.EnumType.Unknown;
        if (own == FeatureSet.Types.EnumType.Unknown) own = field.EnumType.File.ToProto().Options?.Features?.EnumType ?? FeatureSet.Types.EnumType.Unknown;
        return own == FeatureSet.Types.EnumType.Closed;
    }

    private static bool RequiresUtf8(FieldDescriptor field)
    {
        if (!HasEdition(field.File)) return !IsProto2(field.File);
        FeatureSet.Types.Utf8Validation own = field.ToProto().Options?.Features?.Utf8Validation ?? FeatureSet.Types.Utf8Validation.Unknown;
        if (own == FeatureSet.Types.Utf8Validation.Unknown) own = field.File.ToProto().Options?.Features?.Utf8Validation ?? FeatureSet.Types.Utf8Validation.Unknown;
        return own != FeatureSet.Types.Utf8Validation.None;
    }

    private static bool IsProto2(FileDescriptor file) => file.ToProto().Syntax is "" or "proto2";

    private static bool HasEdition(FileDescriptor file) => file.ToProto().Syntax == "editions";
}
