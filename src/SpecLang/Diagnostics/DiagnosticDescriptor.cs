using System.Text;

namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>A kind of finding. Its identifier is stable: once shipped it never changes its meaning and is never used again.</summary>
/// <param name="Id">The identifier, <c>VPY</c> and four digits.</param>
/// <param name="Title">What is wrong, in a few words, without values.</param>
/// <param name="MessageFormat">The message of one finding: cause and next step, with <c>{0}</c>, <c>{1}</c> for its values.</param>
/// <param name="Category">What it is about.</param>
/// <param name="DefaultSeverity">How much it matters where nothing else is configured.</param>
public sealed record DiagnosticDescriptor(
    string Id,
    string Title,
    string MessageFormat,
    DiagnosticCategory Category,
    DiagnosticSeverity DefaultSeverity)
{
    /// <summary>The message format, parsed once: a text can have as many findings as characters.</summary>
    internal CompositeFormat ParsedFormat => field ??= CompositeFormat.Parse(MessageFormat);

    /// <summary>Whether it is the same kind of finding: identifiers are used once.</summary>
    public bool Equals(DiagnosticDescriptor? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}
