using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>The links of a spec: from names and versions of wheels to CIPD's pages, from paths in comments to files.</summary>
public static class DocumentLinks
{
    private const string Packages = "https://chrome-infra-packages.appspot.com/p/";

    /// <summary>
    /// The links, in order. A name with variables leads to the page that lists the packages of all platforms; its version leads to the package of the first platform that
    /// the spec is for. Names and versions that CIPD would refuse lead nowhere, and so do paths without a file. The runner in a script's first line leads to the spec that another file
    /// holds for it, and the first field of such a spec to the script.
    /// </summary>
    public static ImmutableArray<DocumentLink> Of(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var links = new List<DocumentLink>();
        if (ScriptStart.FindRunner(spec.Document) is { } runner && EffectiveSpec.Of(spec.Host.Files, spec.Path) is { Path: { } effective, Reason: var reason } && effective != spec.Path)
            links.Add(new(runner, DocumentLinkKind.File, effective, $"{effective}: {reason}"));
        if (spec.Document.Region is null) return [.. links];
        if (spec.PartnerPath is { } script && spec.Beginning is { IsEmpty: false } beginning && spec.Host.Files.GetKind(script) == FileKind.File)
            links.Add(new(beginning, DocumentLinkKind.File, script, $"{script}, the script of this spec"));
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Template is not { } template || wheel.NameFault is not null || wheel.NameValue is not { } name) continue;
            if (PageOfName(template) is { } page) links.Add(new(ContentOf(name.Syntax), DocumentLinkKind.Page, page.Address, page.Tooltip));
            if (wheel.VersionValue is { } version && PageOfVersion(spec, wheel, template) is { } instance) links.Add(new(ContentOf(version.Syntax), DocumentLinkKind.Page, instance.Address, instance.Tooltip));
        }
        links.AddRange(CommentPaths.Of(spec).Select(static path => new DocumentLink(path.Span, DocumentLinkKind.File, path.Target, path.Target)));
        return [.. links.OrderBy(static link => link.Span)];
    }

    private static TextSpan ContentOf(ValueSyntax value) => SpecCursor.PlainContent(value) is { IsEmpty: false } content ? content : value.Span;

    private static (string Address, string Tooltip)? PageOfName(PackageTemplate template)
    {
        if (template.Variables.IsEmpty) return (Packages + template.Text, $"{template.Text} in CIPD");
        string prefix = template.Text[..template.Variables[0].Start];
        string directory = prefix[..Math.Max(0, prefix.LastIndexOf('/'))];
        return PackageName.TryParse(directory, out _, out _) ? (Packages + directory, $"{directory} in CIPD, for all platforms") : null;
    }

    private static (string Address, string Tooltip)? PageOfVersion(SpecAnalysis spec, WheelEntry wheel, PackageTemplate template)
    {
        if (!CipdVersion.TryParse(wheel.Version.Text, out CipdVersion version, out _)) return null;
        if (template.Variables.IsEmpty) return (AddressOf(template.Text, version), $"{version} of {template.Text} in CIPD");
        foreach (TargetPlatform platform in spec.Platforms)
        {
            if (platform.Gets(wheel) && template.Expand(platform.Variables) is TemplateExpansion.Expanded { Name: var name })
                return (AddressOf(name.Value, version), $"{version} of {name} in CIPD, for {platform.Name}");
        }
        return null;
    }

    /// <summary>Tags may have characters that mean something in addresses; the colon and the at sign mean nothing in a path.</summary>
    private static string AddressOf(string package, CipdVersion version) =>
        $"{Packages}{package}/+/{Uri.EscapeDataString(version.Value).Replace("%3A", ":", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal)}";
}
