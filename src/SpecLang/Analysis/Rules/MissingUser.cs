using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A comment says that a file uses a wheel, and there is no such file.</summary>
public sealed partial class MissingUser : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2904",
        "User that does not exist",
        "There is no '{0}' in this repository. Correct the path, or remove the wheel if nothing else uses it.",
        DiagnosticCategory.Workspace,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds paths in `# Used by:` comments, on the same line or on the comment lines below it, that lead to nothing. `//tools/x.py` is meant from the root of the "
            + "repository (the directory with `.git`). Only where the directory that the file should be in is there: what is in another repository is not looked for.",
        "The comment is what the next person goes by who wants to know whether the wheel can be removed or changed.",
        """
        # Used by: //tools/moved/elsewhere.py
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        """
        # Used by: //tools/elsewhere.py
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """);

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Text.Bytes.IndexOf("sed by"u8) < 0) yield break;
        var paths = new RepositoryPaths(spec.Host.Files, spec.Path);
        if (paths.FindRoot() is not { } root) yield break;
        int headingToken = -1;
        int headingLine = -2;
        foreach (CommentLine comment in CommentLine.Of(spec.Tree))
        {
            Match heading = Heading().Match(comment.Text);
            int line = spec.Text.GetLine(comment.Span.Start);
            bool goesOn = !heading.Success && comment.NextToken == headingToken && line == headingLine + 1;
            if (!heading.Success && !goesOn) continue;
            (headingToken, headingLine) = (comment.NextToken, line);
            Match path = Path().Match(comment.Text, heading.Success ? heading.Length : 0);
            if (!path.Success) continue;
            string text = path.Groups["path"].Value.TrimEnd('.', ',', ';', ':', ')');
            if (IsMissing(spec.Host.Files, root, text)) yield return Report(comment.SpanOf(path.Groups["path"].Index, text.Length), text);
        }
    }

    /// <summary>Whether the directory is there and the file is not.</summary>
    private static bool IsMissing(IFileSystem files, string root, string path)
    {
        string full = System.IO.Path.GetFullPath(System.IO.Path.Join(root, path[2..]));
        return files.GetKind(full) == FileKind.Missing && System.IO.Path.GetDirectoryName(full) is { } directory && files.GetKind(directory) == FileKind.Directory;
    }

    [GeneratedRegex(@"^[#\s]*used by\b:?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\G[#\s]*(?<path>//[A-Za-z0-9_][^\s\0*?{}<>|""']*)", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
