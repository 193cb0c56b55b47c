using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Tomlyn.Parsing;
using Tomlyn.Syntax;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Documents;

/// <summary>
/// A spec of the second family, <c>vpython.toml</c>, as far as other specs are held against it: its two keys <c>requires-python</c> and <c>dependencies</c>. Keys count
/// whatever their case is, and only at the top.
/// </summary>
/// <param name="RequiresPython">The versions of Python; null when it does not say.</param>
/// <param name="Dependencies">The requirements; those that cannot be read are left out.</param>
/// <param name="HasUnreadable">Whether there are requirements that cannot be read.</param>
public sealed record TomlSpec(VersionSpecifierSet? RequiresPython, ImmutableArray<DistributionRequirement> Dependencies, bool HasUnreadable)
{
    /// <summary>The name of such a spec for a directory.</summary>
    public const string CommonName = "vpython.toml";

    /// <summary>Longer files are not read: nobody writes one.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Reads a file; null when it is no TOML, too long, or has neither key.</summary>
    public static TomlSpec? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumLength) return null;
        DocumentSyntax document = Parse(bytes);
        if (document.HasErrors) return null;
        string? python = (Find(document, "requires-python") as StringValueSyntax)?.Value;
        var items = Find(document, "dependencies") as ArraySyntax;
        if (python is null && items is null) return null;
        var dependencies = ImmutableArray.CreateBuilder<DistributionRequirement>();
        bool hasUnreadable = false;
        foreach (ArrayItemSyntax item in items?.Items ?? Enumerable.Empty<ArrayItemSyntax>())
        {
            if (item.Value is StringValueSyntax { Value: { } text } && DistributionRequirement.TryParse(text, out DistributionRequirement? requirement, out _)) dependencies.Add(requirement);
            else hasUnreadable = true;
        }
        VersionSpecifierSet? pythons = python is not null && VersionSpecifierSet.TryParse(python, out VersionSpecifierSet? set, out _) ? set : null;
        return new(pythons, dependencies.ToImmutable(), hasUnreadable);
    }

    /// <summary>Why a file is no TOML, with line and column from one; null when it is, or is too long to be read.</summary>
    public static string? FindFault(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumLength) return null;
        DocumentSyntax document = Parse(bytes);
        return document.HasErrors && document.Diagnostics.FirstOrDefault(static fault => fault.Kind == DiagnosticMessageKind.Error) is { } fault
            ? string.Create(CultureInfo.InvariantCulture, $"line {fault.Span.Start.Line + 1}, column {fault.Span.Start.Column + 1}: {fault.Message.TrimEnd('.')}")
            : null;
    }

    private static DocumentSyntax Parse(ReadOnlySpan<byte> bytes) => SyntaxParser.Parse(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), CommonName, validate: true);

    private static ValueSyntax? Find(DocumentSyntax document, string name) =>
        document.KeyValues.LastOrDefault(pair => pair.Key is { DotKeys.ChildrenCount: 0 } key && NameOf(key.Key)?.Equals(name, StringComparison.OrdinalIgnoreCase) == true)?.Value;

    private static string? NameOf(BareKeyOrStringValueSyntax? key) => key switch
    {
        BareKeySyntax bare => bare.Key?.Text,
        StringValueSyntax text => text.Value,
        _ => null,
    };
}
