using System.Buffers;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>The paths of files in the comments of a spec: those of <c># Used by:</c>, of <c># proto-file:</c>, and any other that leads to a file.</summary>
internal static class CommentPaths
{
    /// <summary>So many words of a spec are looked up at most: each costs questions to the file system.</summary>
    private const int MostWords = 500;

    private const int LongestPath = 400;

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\v\f\"'`()<>[]{}|,;*?=");

    /// <summary>The paths that lead to files, in order.</summary>
    public static IEnumerable<(TextSpan Span, string Target)> Of(SpecAnalysis spec) => Find(spec, CommentLine.Of(spec.Tree));

    /// <summary>The path at an offset, if there is one.</summary>
    public static IEnumerable<(TextSpan Span, string Target)> At(SpecAnalysis spec, int offset) =>
        Find(spec, CommentLine.Of(spec.Tree).Where(comment => comment.Span.Touches(offset))).Where(found => found.Span.Touches(offset)).Take(1);

    private static IEnumerable<(TextSpan Span, string Target)> Find(SpecAnalysis spec, IEnumerable<CommentLine> comments)
    {
        if (spec.Document.Region is null || !Path.IsPathFullyQualified(spec.Path)) yield break;
        var paths = new RepositoryPaths(spec.Host.Files, spec.Path);
        int words = 0;
        foreach (CommentLine comment in comments)
        {
            foreach ((int start, int length) in WordsOf(comment.Text))
            {
                if (++words > MostWords) yield break;
                string word = comment.Text.Substring(start, length);
                if (paths.Find(word) is { } target && spec.Host.Files.GetKind(target) == FileKind.File) yield return (comment.SpanOf(start, length), target);
            }
        }
    }

    /// <summary>The words that look like paths of a repository: with a slash or an ending, not from the root of the disk, not an address, and not leading upwards.</summary>
    private static IEnumerable<(int Start, int Length)> WordsOf(string comment)
    {
        int position = 0;
        while (position < comment.Length)
        {
            int length = comment.AsSpan(position).IndexOfAny(Separators);
            if (length < 0) length = comment.Length - position;
            int start = position;
            position += length + 1;
            ReadOnlySpan<char> word = comment.AsSpan(start, length);
            int signs = word.Length - word.TrimStart('#').Length;
            word = word[signs..].TrimEnd(".:!");
            if (IsPath(word)) yield return (start + signs, word.Length);
        }
    }

    private static bool IsPath(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 or > LongestPath || word.Contains("..", StringComparison.Ordinal) || word.Contains(':')) return false;
        if (word[0] == '/' && !(word.StartsWith("//") && word[2] != '/')) return false;
        ReadOnlySpan<char> relative = word.TrimStart('/');
        int dot = relative.LastIndexOf('.');
        return relative.Contains('/') || dot > 0 && dot < relative.Length - 1;
    }
}
