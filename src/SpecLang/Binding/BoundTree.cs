using System.Collections.Immutable;
using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Syntax;

namespace VPythonTools.SpecLang.Binding;

/// <summary>A text read as a message of some type.</summary>
/// <param name="Tree">The text as syntax.</param>
/// <param name="Root">The message, with the way back to the syntax.</param>
/// <param name="WireBytes">The message in protobuf's binary form, as <c>protoc --encode --deterministic_output</c> writes it; without the values that were refused.</param>
/// <param name="Diagnostics">What does not fit the type, in order of position.</param>
public sealed record BoundTree(SyntaxTree Tree, BoundMessage Root, ReadOnlyMemory<byte> WireBytes, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The type of the message.</summary>
    public MessageDescriptor Descriptor => Root.Descriptor;
}
