using System.Globalization;
using Google.Protobuf.Reflection;

namespace VPythonTools.SpecLang.Binding;

/// <summary>The numbers behind the bits of protobuf's binary form, by the type of their field.</summary>
internal static class ScalarValue
{
    /// <summary>Whether the integer has 64 bits: JSON writes those as strings.</summary>
    public static bool Is64Bit(FieldType type) => type is FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 or FieldType.UInt64 or FieldType.Fixed64;

    /// <summary>The digits of an integer.</summary>
    public static string ToText(FieldType type, ulong bits) => type switch
    {
        FieldType.UInt32 or FieldType.UInt64 or FieldType.Fixed32 or FieldType.Fixed64 => bits.ToString(CultureInfo.InvariantCulture),
        FieldType.SInt32 or FieldType.SInt64 => ((long)(bits >> 1) ^ -(long)(bits & 1)).ToString(CultureInfo.InvariantCulture),
        FieldType.SFixed32 => ((int)bits).ToString(CultureInfo.InvariantCulture),
        _ => ((long)bits).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A floating-point number.</summary>
    public static double ToDouble(FieldType type, ulong bits) =>
        type == FieldType.Float ? BitConverter.UInt32BitsToSingle((uint)bits) : BitConverter.UInt64BitsToDouble(bits);
}
