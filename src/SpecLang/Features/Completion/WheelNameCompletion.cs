using System.Text;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The packages of the catalogue, found by package, distribution and module.</summary>
internal static class WheelNameCompletion
{
    /// <summary>What a key begins with that stands for a package.</summary>
    public const string KeyPrefix = "wheel:";

    /// <summary>Adds the packages that may be meant by what is typed.</summary>
    public static void Add(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        // The list is chosen by what is typed, and what is typed may be a module that no name has letters of.
        list.IsIncomplete = true;
        string typed = place.Typed;
        MessageSyntax? unversioned = FindUnversioned(place);
        ScalarSyntax? version = FindVersion(place);
        foreach (WheelCandidate wheel in InOrder(context.Index.Find(QueryOf(typed)), context))
        {
            if (list.IsFull) break;
            CatalogueVersion? newest = wheel.Package.Versions.FirstOrDefault();
            list.Add(new(wheel.Label, CompletionKind.Wheel, new(place.Span, ScalarCompletion.Written(place, wheel.Package.Name)), typed.Length == 0 ? wheel.Package.Name : typed)
            {
                Detail = newest is null ? "" : $"{newest.Version.Number}, {CoverageText.Of(newest.Availability, context.Platforms)}",
                IsDeprecated = IsOutdated(wheel, context),
                AdditionalChanges = VersionCompletion.FindBest(wheel.Package, context.Platforms) is not { } best ? []
                    : unversioned is not null ? [AddVersion(unversioned, best)]
                    : version is not null && IsOfAnother(version, wheel.Package, place, context) ? [SpecEditor.SetString(version, best.Version.Text)]
                    : [],
                Key = KeyPrefix + wheel.Package.Name,
            });
        }
    }

    /// <summary>What is asked for by a text that may be the beginning of a whole package name.</summary>
    internal static string QueryOf(string typed)
    {
        if (WheelPackageName.UsualPrefix.StartsWith(typed, StringComparison.Ordinal)) return "";
        string name = typed.StartsWith(WheelPackageName.UsualPrefix, StringComparison.Ordinal) ? typed[WheelPackageName.UsualPrefix.Length..] : typed;
        int variable = name.IndexOf("/${", StringComparison.Ordinal);
        return WheelCandidate.Fold((variable < 0 ? name : name[..variable]).Trim());
    }

    /// <summary>Whether it is a wheel of Python 2 that the spec has no use for.</summary>
    private static bool IsOutdated(WheelCandidate wheel, SpecContext context) => wheel.Name.Form == WheelPackageForm.Python2 && !context.IsForPython2;

    private static IEnumerable<WheelCandidate> InOrder(IReadOnlyList<WheelCandidate> found, SpecContext context) =>
        found.Where(wheel => !IsOutdated(wheel, context)).Concat(found.Where(wheel => IsOutdated(wheel, context)));

    /// <summary>The wheel that the cursor is in, when it has a name and nothing else: it gets the newest version with its name.</summary>
    private static MessageSyntax? FindUnversioned(CompletionPlace place)
    {
        if (place.String is not { } name || !place.IsStringTerminated || place.Syntax is not { IsRoot: false, IsClosed: true } message) return null;
        return message.Fields is [{ Value: ScalarSyntax { IsString: true } value } only] && value.Span.End == name.End && only.TokenEnd == value.TokenEnd ? message : null;
    }

    /// <summary>The version of the wheel that the cursor is in, when it is one string on lines of their own or behind the name.</summary>
    private static ScalarSyntax? FindVersion(CompletionPlace place)
    {
        if (!place.IsStringTerminated || place.Syntax is not { IsRoot: false, IsClosed: true } message) return null;
        ScalarSyntax[] versions = [.. message.Fields.Where(static field => field.Name == "version").Select(static field => field.Value).OfType<ScalarSyntax>()];
        return versions is [{ IsString: true, Tokens: [{ Kind: SyntaxKind.StringLiteral, Fault: TokenFault.None }] } only] && !only.Span.OverlapsWith(place.Span) ? only : null;
    }

    /// <summary>Whether a version is that of the wheel whose name is replaced, and the new one has none of it. A ref or an instance ID may be of any package.</summary>
    private static bool IsOfAnother(ScalarSyntax version, CataloguePackage package, CompletionPlace place, SpecContext context)
    {
        string text = Encoding.UTF8.GetString(StringValue.Inside(place.Tree.Text.Bytes, version.ValueToken));
        return text.StartsWith(VersionCompletion.TagPrefix, StringComparison.Ordinal)
            && package.FindVersion(text) is null
            && VersionCompletion.FindPackage(context.Spec.Catalogue, place.Tree.Text.ToString(place.Span)) != package;
    }

    private static TextChange AddVersion(MessageSyntax wheel, CatalogueVersion version) =>
        new SpecEditor(wheel.Tree).AddField(wheel, $"version: {SpecEditor.Quote(version.Version.Text)}");
}
