using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>The scripts that run with a spec.</summary>
public static class SpecScripts
{
    /// <summary>So many files are looked at for a common spec, at most.</summary>
    private const int MostFiles = 200;

    /// <summary>
    /// The absolute paths: of a spec in a script that script; of a partner what it is the partner of, a package being its directory; of a common spec the files that its
    /// comments name and the Python files of its directory, as far as they get this spec and no other. What lies in directories below may get it, too, and is not looked
    /// for. The script that another spec wins over is not among them.
    /// </summary>
    public static ImmutableArray<string> Of(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Region is not { } region || !Path.IsPathFullyQualified(spec.Path)) return [];
        IFileSystem files = spec.Host.Files;
        if (region.IsEmbedded) return Runs(spec, spec.Path) ? [spec.Path] : [];
        if (spec.Document.Kind != DocumentKind.Spec) return [];
        if (spec.PartnerPath is { } partner) return files.GetKind(partner) is FileKind.File or FileKind.Directory && Runs(spec, partner) ? [partner] : [];
        if (!SpecFamily.TextFormat.CommonNames.Contains(Path.GetFileName(spec.Path)) || Path.GetDirectoryName(spec.Path) is not { } directory) return [];
        IEnumerable<string> beside = files.GetNames(directory).Where(static name => name.EndsWith(".py", StringComparison.Ordinal)).Take(MostFiles).Select(name => Path.Join(directory, name));
        return [.. CommentPaths.Of(spec).Select(static path => path.Target).Where(IsScript).Take(MostFiles).Concat(beside).Distinct().Where(script => Runs(spec, script)).Order(StringComparer.Ordinal)];
    }

    /// <summary>A comment may name other files, too: what it is generated from, or other specs.</summary>
    private static bool IsScript(string path) => Path.GetExtension(path) is ".py" or "";

    /// <summary>Whether a script gets this spec.</summary>
    private static bool Runs(SpecAnalysis spec, string script)
    {
        IFileSystem files = spec.Host.Files;
        return EffectiveSpec.Of(files, script).Path is { } path && (path == spec.Path || files.ResolveLinks(path) is { } real && real == files.ResolveLinks(spec.Path));
    }
}
