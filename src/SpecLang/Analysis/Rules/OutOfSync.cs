using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A spec says that it is to be like another one, and is not.</summary>
public sealed partial class OutOfSync : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2902",
        "Not in sync",
        "'{0}' is {1} here and {2} in '{3}', with which line {4} says that it agrees. Make both the same.",
        DiagnosticCategory.Workspace,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds wheels that differ from those of another spec although a comment says that the two agree: `# Keep in sync with PATH`, `# Keep this synchronized with PATH` (the same wheels in the "
            + "same versions) or `# Use the same versions as PATH` (only versions, of wheels that both have). PATH is a spec or a script with one: `//dir/.vpython3` from the root of the repository (the "
            + "directory with `.git`), or a path from the directory of the spec or one above it. Directly above a wheel the comment speaks of this wheel and those below it up to the next "
            + "empty line; elsewhere of the whole spec.",
        "The comment says that somebody relies on it. What is changed in one place only breaks there.",
        """
        # Keep in sync with //tools/.vpython3
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        """
        # Keep in sync with //tools/.vpython3
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >
        """,
        "Takes the version of the other spec. Unsafe: the environment changes, and it may be the other one that is wrong.");

    /// <inheritdoc/>
    public override bool LooksAtBrokenSpecs => false;

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var paths = new RepositoryPaths(spec.Host.Files, spec.Path);
        foreach (CommentLine comment in CommentLine.Of(spec.Tree))
        {
            bool isSync = true;
            Match match = Sync().Match(comment.Text);
            if (!match.Success)
            {
                isSync = false;
                match = SameVersions().Match(comment.Text);
            }
            if (!match.Success) continue;
            string path = match.Groups["path"].Value;
            if ((paths.Find(path) ?? paths.Find(path.TrimEnd('.', ',', ';', ':', ')'))) is not { } full || full == spec.Path || Open(spec, full) is not { } other) continue;
            foreach (Diagnostic diagnostic in Compare(spec, comment, path.TrimEnd('.', ',', ';', ':', ')'), other, isSync)) yield return diagnostic;
        }
    }

    /// <summary>The wheels of another spec; null when there is none, or it is broken.</summary>
    private static ILookup<string, string>? Open(SpecAnalysis spec, string path)
    {
        if (spec.Host.Files.TryReadRepeatableFile(path, out _) is not { } bytes) return null;
        var document = SpecDocument.Parse(SourceText.From(bytes, path), SpecDocument.KindOf(path));
        if (document.Region is null || document.Kind == DocumentKind.TextFormat) return null;
        BoundSpec bound = BoundSpec.Bind(document);
        return bound.HasErrors ? null : bound.Spec.Wheel.ToLookup(static wheel => wheel.Name, static wheel => wheel.Version);
    }

    private IEnumerable<Diagnostic> Compare(SpecAnalysis spec, CommentLine comment, string path, ILookup<string, string> other, bool isSync)
    {
        int line = spec.Text.GetLine(comment.Span.Start) + 1;
        List<WheelEntry>? section = SectionOf(spec, comment);
        foreach (WheelEntry wheel in section ?? [.. spec.Wheels])
        {
            string[] versions = [.. other[wheel.Name]];
            if (versions.Contains(wheel.Message.Version) || versions.Length == 0 && !isSync) continue;
            if (versions.Length == 0)
            {
                yield return Report(wheel.NameSpan, wheel.Name, wheel.Version.Number, "missing", path, line);
                continue;
            }
            bool canTake = versions.Length == 1 && wheel.VersionValue is not null;
            yield return Report(wheel.VersionSpan, wheel.Name, wheel.Version.Number, Packages.WheelVersion.Parse(versions[0]).Number, path, line) with
            {
                Fixes = canTake ? [new("Take the version of the other spec", FixSafety.Unsafe, SpecEditor.SetString(wheel.VersionValue!.Value.Syntax, versions[0]))] : [],
            };
        }
        if (section is not null || !isSync) yield break;
        HashSet<string> here = [.. spec.Spec.Wheel.Select(static wheel => wheel.Name)];
        foreach (IGrouping<string, string> missing in other.Where(wheel => !here.Contains(wheel.Key)))
            yield return Report(comment.Span, missing.Key, "missing", Packages.WheelVersion.Parse(missing.First()).Number, path, line);
    }

    /// <summary>The wheels directly below a comment, up to an empty line; null when it speaks of the whole spec.</summary>
    private static List<WheelEntry>? SectionOf(SpecAnalysis spec, CommentLine comment)
    {
        SyntaxTree tree = spec.Tree;
        if (CommentLine.HasEmptyLineBefore(tree, comment.NextToken, comment.Span.End)) return null;
        WheelEntry[] below = [.. spec.Wheels.SkipWhile(wheel => wheel.Field.FirstToken != comment.NextToken)];
        if (below.Length == 0) return null;
        var section = new List<WheelEntry> { below[0] };
        foreach (WheelEntry wheel in below.Skip(1))
        {
            if (CommentLine.HasEmptyLineBefore(tree, wheel.Field.FirstToken)) break;
            section.Add(wheel);
        }
        return section;
    }

    [GeneratedRegex(@"\bkeep\b[^.]{0,60}?\b(?:in sync|synchroni[sz]ed)\s+with\s+(?<path>\S+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sync();

    [GeneratedRegex(@"\bsame\s+versions?\b[^.]{0,30}?\s(?:as|by|in)\s+(?<path>\S+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SameVersions();
}
