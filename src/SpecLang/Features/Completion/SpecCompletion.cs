using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Features.Hover;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>What can be written at a place of a spec, in a file of its own or in a script.</summary>
public static class SpecCompletion
{
    /// <summary>Makes ready what completion looks up, so that the first list comes as fast as the others. May be called from any thread.</summary>
    /// <param name="catalogue">The catalogue that will be asked.</param>
    public static void Prepare(PackageCatalogue catalogue) => CompletionIndex.Of(catalogue);

    /// <summary>What can be written at an offset. Never fails; empty outside of specs, and where nothing is known.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="offset">The cursor, in bytes; one outside of the text is taken as its nearest end.</param>
    public static CompletionList Complete(SpecAnalysis spec, int offset)
    {
        ArgumentNullException.ThrowIfNull(spec);
        offset = Math.Clamp(offset, 0, spec.Text.Length);
        var list = new CompletionListBuilder();
        if (SkeletonCompletion.TryAdd(list, spec, offset) || spec.Document.Region is null) return list.Build();
        var place = CompletionPlace.Find(spec.Tree, Spec.Descriptor, offset);
        switch (place.Kind)
        {
            case CompletionPlaceKind.Comment:
                SuppressionCompletion.Add(list, place);
                break;
            case CompletionPlaceKind.Field:
                AddFields(list, place, new SpecContext(spec));
                break;
            case CompletionPlaceKind.Value:
                AddValues(list, place, new SpecContext(spec));
                break;
        }
        return list.Build();
    }

    /// <summary>What can be written at an offset of a text that is a message of any type: its fields, and the values that their types say.</summary>
    /// <param name="tree">The text.</param>
    /// <param name="descriptor">The type.</param>
    /// <param name="offset">The cursor, in bytes; one outside of the text is taken as its nearest end.</param>
    public static CompletionList Complete(SyntaxTree tree, MessageDescriptor descriptor, int offset)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var list = new CompletionListBuilder();
        if (tree.Document.Region is null) return list.Build();
        var place = CompletionPlace.Find(tree, descriptor, Math.Clamp(offset, 0, tree.Text.Length));
        if (place.Kind == CompletionPlaceKind.Field) FieldCompletion.Add(list, place, FormatOptions.Default);
        if (place.Kind == CompletionPlaceKind.Value) ScalarCompletion.Add(list, place, FormatOptions.Default);
        return list.Build();
    }

    /// <summary>What there is to know of an item, in Markdown; null where there is nothing.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="key">The key of the item; one that is not of this program means nothing.</param>
    public static string? Describe(SpecAnalysis spec, string key)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(key);
        if (After(FieldCompletion.KeyPrefix) is { } field) return FieldMarkdown.Of(field);
        if (After(WheelNameCompletion.KeyPrefix) is { } wheel) return spec.Catalogue.FindPackage(wheel) is { } package ? WheelMarkdown.OfPackage(package, new SpecContext(spec).Platforms) : null;
        if (After(TemplateCompletion.KeyPrefix) is { } variable) return TemplateMarkdown.Of(variable, new SpecContext(spec).Platforms);
        if (After(SuppressionCompletion.KeyPrefix) is { } code) return RuleMarkdown.Of(code);
        return After(VersionCompletion.KeyPrefix)?.Split('\n') is [var name, var text] && spec.Catalogue.FindPackage(name) is { } known && known.FindVersion(text) is { } version
            ? WheelMarkdown.OfVersion(known, version, new SpecContext(spec).Platforms)
            : null;

        string? After(string prefix) => key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : null;
    }

    private static void AddFields(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        FieldCompletion.Add(list, place, context.Spec.Settings.Format);
        if (place.IsBeforeValue) return;
        if (place.Message == Spec.Types.Package.Descriptor)
        {
            TagCompletion.AddMatches(list, place, context);
        }
        else if (place.Message == Spec.Descriptor)
        {
            WheelBlockCompletion.Add(list, place, context);
            TagCompletion.AddVerifications(list, place, context);
        }
    }

    private static void AddValues(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        switch (place.Field?.FullName)
        {
            case "vpython.Spec.Package.name" when TemplateCompletion.TryAdd(list, place, context):
                break;
            case "vpython.Spec.Package.name":
                WheelNameCompletion.Add(list, place, context);
                break;
            case "vpython.Spec.Package.version":
                VersionCompletion.Add(list, place, context);
                break;
            case "vpython.Spec.python_version":
                PythonVersionCompletion.Add(list, place, context);
                break;
            case "vpython.PEP425Tag.python" or "vpython.PEP425Tag.abi" or "vpython.PEP425Tag.platform":
                TagCompletion.AddValues(list, place, context);
                break;
            default:
                ScalarCompletion.Add(list, place, context.Spec.Settings.Format);
                break;
        }
    }
}
