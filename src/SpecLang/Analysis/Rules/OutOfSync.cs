using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Search;
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
            + "empty line or the next such comment; elsewhere of the whole spec. A spec that such a comment names and that is not there is told, too.",
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
        List<Agreement> agreements = Read(spec);
        if (agreements.Count == 0) yield break;
        var paths = new RepositoryPaths(spec.Host.Files, spec.Path);
        var sections = new Sections(spec, agreements);
        var opened = new Dictionary<string, ILookup<string, string>?>(StringComparer.Ordinal);
        var dead = new HashSet<string>(StringComparer.Ordinal);
        // The same thing said again finds nothing new, however often it is said.
        var said = new HashSet<(string Path, int Section, bool IsSync)>();
        foreach (Agreement agreement in agreements)
        {
            string path = agreement.Path.TrimEnd('.', ',', ';', ':', ')');
            if ((paths.Find(agreement.Path) ?? paths.Find(path)) is not { } full)
            {
                if (SpecFileName.IsStandalone(path) && paths.IsMissing(path) && dead.Add(path))
                    yield return new(Descriptor, agreement.Comment.Span, $"There is no '{path}' in this repository, with which this comment says that the spec agrees. Correct the path, or remove the comment.");
                continue;
            }
            if (full == spec.Path) continue;
            int section = sections.StartOf(agreement.Comment);
            if (!said.Add((full, section, agreement.IsSync))) continue;
            if (!opened.TryGetValue(full, out ILookup<string, string>? other)) opened.Add(full, other = Open(spec, full));
            if (other is null) continue;
            foreach (Diagnostic diagnostic in Compare(spec, agreement, path, other, section < 0 ? null : sections.WheelsFrom(section))) yield return diagnostic;
        }
    }

    /// <summary>What comments say, on one line or on two that follow each other.</summary>
    private static List<Agreement> Read(SpecAnalysis spec)
    {
        var agreements = new List<Agreement>();
        CommentLine? before = null;
        foreach (CommentLine comment in CommentLine.Of(spec.Tree))
        {
            // What a line says by itself is not said again with the next one.
            if (before is { } first && first.NextToken == comment.NextToken && spec.Text.GetLine(comment.Span.Start) == spec.Text.GetLine(first.Span.Start) + 1 && Read(comment, comment.Text) is null
                && Read(first, $"{first.Text} {comment.Words}") is { } split)
            {
                agreements.Add(split);
            }
            Agreement? whole = Read(comment, comment.Text);
            if (whole is not null) agreements.Add(whole);
            before = whole is null ? comment : null;
        }
        return agreements;
    }

    private static Agreement? Read(CommentLine comment, string text)
    {
        bool mayAgree = text.Contains("sync", StringComparison.OrdinalIgnoreCase) || text.Contains("same", StringComparison.OrdinalIgnoreCase);
        if (!mayAgree) return null;
        if (Sync().Match(text) is { Success: true } sync) return new(comment, sync.Groups["path"].Value, IsSync: true);
        return SameVersions().Match(text) is { Success: true } versions ? new(comment, versions.Groups["path"].Value, IsSync: false) : null;
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

    private IEnumerable<Diagnostic> Compare(SpecAnalysis spec, Agreement agreement, string path, ILookup<string, string> other, IEnumerable<WheelEntry>? section)
    {
        CommentLine comment = agreement.Comment;
        bool isSync = agreement.IsSync;
        int line = spec.Text.GetLine(comment.Span.Start) + 1;
        foreach (WheelEntry wheel in section ?? spec.Wheels)
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

    [GeneratedRegex(@"\bkeep\b[^.]{0,60}?\b(?:in sync|synchroni[sz]ed)\s+with\s+[`'""(<]*(?<path>[^\s`'""<>]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sync();

    [GeneratedRegex(@"\bsame\s+versions?\b[^.]{0,30}?\s(?:as|by|in)\s+[`'""(<]*(?<path>[^\s`'""<>]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SameVersions();

    /// <summary>A comment that says so.</summary>
    /// <param name="Comment">The comment.</param>
    /// <param name="Path">With what, as it is written.</param>
    /// <param name="IsSync">Whether the wheels are to be the same, and not only the versions of those that both have.</param>
    private sealed record Agreement(CommentLine Comment, string Path, bool IsSync);

    /// <summary>Which wheels comments speak of: those directly below, up to an empty line or the next such comment; or all.</summary>
    private sealed class Sections(SpecAnalysis spec, IEnumerable<Agreement> agreements)
    {
        private readonly Dictionary<int, int> _wheelAt = spec.Wheels.GroupBy(static wheel => wheel.Field.FirstToken).ToDictionary(static group => group.Key, static group => group.First().Index);
        private readonly HashSet<int> _commented = [.. agreements.Select(static agreement => agreement.Comment.NextToken)];

        /// <summary>The index of the first wheel; negative when the comment speaks of the whole spec.</summary>
        public int StartOf(CommentLine comment) =>
            _wheelAt.TryGetValue(comment.NextToken, out int index) && !CommentLine.HasEmptyLineBefore(spec.Tree, comment.NextToken, comment.Span.End) ? index : -1;

        /// <summary>The wheels of a section.</summary>
        public IEnumerable<WheelEntry> WheelsFrom(int start)
        {
            yield return spec.Wheels[start];
            for (int i = start + 1; i < spec.Wheels.Length; i++)
            {
                int token = spec.Wheels[i].Field.FirstToken;
                bool isOtherField = token != spec.Wheels[i - 1].Field.FirstToken;
                if (isOtherField && (_commented.Contains(token) || CommentLine.HasEmptyLineBefore(spec.Tree, token))) yield break;
                yield return spec.Wheels[i];
            }
        }
    }
}
