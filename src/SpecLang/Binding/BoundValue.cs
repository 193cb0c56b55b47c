using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Syntax;

namespace VPythonTools.SpecLang.Binding;

/// <summary>A value of a message and the syntax that it comes from.</summary>
/// <param name="Field">The field.</param>
/// <param name="Index">Which element of a repeated field, from zero; zero for other fields.</param>
/// <param name="FieldSyntax">The field in the text; elements of one list share it.</param>
/// <param name="Syntax">The value in the text.</param>
/// <param name="Message">The value as a message; null for scalars.</param>
public readonly record struct BoundValue(FieldDescriptor Field, int Index, FieldSyntax FieldSyntax, ValueSyntax Syntax, BoundMessage? Message);
