using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>
/// Gives a wheel another name in all specs. With the cursor on the distribution, that alone is renamed, in every form of the package: what is before it and the suffix or
/// template behind it stay. With the cursor elsewhere in the name, or a new name that has a slash, the whole name is replaced where it is written the same.
/// </summary>
public static class WheelRename
{
    /// <summary>What would be renamed at an offset; null where no wheel's name is.</summary>
    public static RenameTarget? Prepare(SpecAnalysis spec, int offset)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (FindNamed(spec, offset) is not { NameValue: { } name } wheel) return null;
        if (SpecCursor.FindStem(wheel) is { } stem && stem.Touches(offset)) return new(stem, wheel.Package!.Stem, IsWholeName: false);
        return new(SpecCursor.PlainContent(name.Syntax) ?? name.Syntax.Span, wheel.Name, IsWholeName: true);
    }

    /// <summary>The changes of a rename.</summary>
    /// <param name="specs">All specs, this one among them or not.</param>
    /// <param name="spec">The spec of the offset.</param>
    /// <param name="offset">The offset.</param>
    /// <param name="newName">The new name of the distribution, or of the package when it has a slash or the whole name is at the offset.</param>
    public static RenameResult Rename(IReadOnlyList<SpecAnalysis> specs, SpecAnalysis spec, int offset, string newName)
    {
        ArgumentNullException.ThrowIfNull(specs);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(newName);
        if (Prepare(spec, offset) is not { } target) return new([], "There is no wheel's name here.");
        WheelEntry wheel = FindNamed(spec, offset)!;
        newName = newName.Trim();
        bool isWholeName = target.IsWholeName || newName.Contains('/', StringComparison.Ordinal);
        if ((isWholeName ? WheelNameFacts.FindFault(newName) : FindStemFault(wheel.Package!, newName)) is { } fault) return new([], $"Not a name for a wheel: {fault}.");
        Func<WheelEntry, TextChange?> change = isWholeName ? other => Replace(other, wheel.Name, newName) : other => ReplaceStem(other, wheel.Package!, newName);
        return new(
            [
                .. WheelReferences.WithFirst(specs, spec)
                    .Select(other => new SpecEdit(other, [.. other.Wheels.Select(change).OfType<TextChange>()]))
                    .Where(static edit => !edit.Changes.IsEmpty),
            ],
            null);
    }

    /// <summary>The wheel whose name is at an offset: the name itself, not the field.</summary>
    private static WheelEntry? FindNamed(SpecAnalysis spec, int offset) =>
        SpecCursor.FindWheel(spec, offset) is { NameValue: { } name } wheel && name.Syntax.Span.Touches(offset) ? wheel : null;

    private static string? FindStemFault(WheelPackageName package, string stem)
    {
        if (stem.Length == 0) return "it must not be empty";
        if (stem.Contains('$', StringComparison.Ordinal)) return "a template is of the whole name, not of the distribution in it";
        if (WheelNameFacts.FindFault(package.Prefix + stem) is { } fault) return fault;
        if (!WheelPackageName.TryParse(WheelPackageName.UsualPrefix + stem, out WheelPackageName? parsed)) return $"'{stem}' is not the name of a distribution";
        return parsed.Stem == stem ? null : $"'{stem}' has the suffix of a form, '{stem[parsed.Stem.Length..]}'; the forms of the wheel stay, so leave it out";
    }

    private static TextChange? Replace(WheelEntry wheel, string name, string newName) =>
        wheel.Name != name || wheel.NameValue is not { } value || name == newName ? null
        : SpecCursor.PlainContent(value.Syntax) is { } content && SpecEditor.Quote(newName).Length == newName.Length + 2 ? new(content, newName)
        : SpecEditor.SetString(value.Syntax, newName);

    private static TextChange? ReplaceStem(WheelEntry wheel, WheelPackageName package, string newStem)
    {
        if (wheel.Package is not { } other || other.Prefix != package.Prefix || other.Stem != package.Stem || wheel.NameValue is not { } value || other.Stem == newStem) return null;
        if (SpecCursor.FindStem(wheel) is { } stem) return new(stem, newStem);
        return SpecEditor.SetString(value.Syntax, other.Prefix + newStem + other.Text[(other.Prefix.Length + other.Stem.Length)..]);
    }
}
