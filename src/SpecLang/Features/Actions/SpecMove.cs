using System.Buffers;
using System.Text;
using System.Text.Unicode;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Actions;

/// <summary>
/// Moves a spec from one of its places to another: out of a script, into it, to where all scripts of a directory find it. The text moves as it is, with its
/// comments, and is read again where it lands: a move that would change what it says is refused.
/// </summary>
internal static class SpecMove
{
    private const string CommonName = ".vpython3";

    private static readonly SearchValues<byte> CommentSigns = SearchValues.Create("#/;%-: \t"u8);

    /// <summary>Where the spec of a script would be beside it; null when the spec is not in a script.</summary>
    public static string? PartnerOf(SpecAnalysis spec) =>
        spec.Document.Region is { IsEmbedded: true } && Path.IsPathRooted(spec.Path) ? spec.Path + SpecFamily.TextFormat.PartnerSuffix : null;

    /// <summary>Where a common spec of the directory would be; null when the spec is neither in a script nor beside one.</summary>
    public static string? CommonOf(SpecAnalysis spec) =>
        (PartnerOf(spec) is not null || spec.PartnerPath is not null) && Path.GetDirectoryName(spec.Path) is { Length: > 0 } directory && Path.IsPathRooted(spec.Path) ? Path.Join(directory, CommonName) : null;

    /// <summary>Why a spec cannot be moved to a file of its own; null when it can.</summary>
    public static string? WhyNotTo(SpecAnalysis spec, string target)
    {
        if (spec.Bound.HasErrors) return "the spec has errors";
        if (spec.Host.Files.GetKind(target) != FileKind.Missing) return $"{Path.GetFileName(target)} is there already";
        if (!Utf8.IsValid(spec.Text.Bytes)) return "the file holds bytes that are not UTF-8";
        if (spec.Document.Region is { IsEmbedded: true } region && !HaveLinesOfTheirOwn(spec.Text, region)) return "the guards share their lines with other text";
        return Says(spec, SourceText.From(ContentOf(spec), target), DocumentKind.Spec) ? null : "in a file of its own it would not say the same";
    }

    /// <summary>Why a partner spec cannot be moved into its script; null when it can.</summary>
    public static string? WhyNotInto(SpecAnalysis spec, string script)
    {
        if (spec.Bound.HasErrors) return "the spec has errors";
        if (!Utf8.IsValid(spec.Text.Bytes)) return "the file holds bytes that are not UTF-8";
        if (ReadScript(spec, script) is not { } text) return $"{Path.GetFileName(script)} cannot be read";
        if (!Utf8.IsValid(text.Bytes)) return $"{Path.GetFileName(script)} holds bytes that are not UTF-8";
        var document = SpecDocument.Parse(text, DocumentKind.Script);
        if (document.Region is not null || !document.Diagnostics.IsEmpty) return $"{Path.GetFileName(script)} has a spec already";
        // Such as one that speaks of the end guard in a comment: the script's spec would end there.
        return Says(spec, text.WithChanges([Embed(text, ContentOf(spec))]), DocumentKind.Script) ? null : "between guards it would not say the same";
    }

    /// <summary>Moves a spec to a file of its own; null when it cannot be.</summary>
    public static SpecActionChange? To(SpecAnalysis spec, string target, params ReadOnlySpan<string> notes)
    {
        if (WhyNotTo(spec, target) is not null) return null;
        FileChange rest = spec.Document.Region is { IsEmbedded: true } region
            ? new FileChange.Edit(spec.Path, spec.Text, [new(LinesOf(spec.Text, region), "")])
            : new FileChange.Deletion(spec.Path);
        return new([new FileChange.Creation(target, ContentOf(spec)), rest], [.. notes]);
    }

    /// <summary>Moves a partner spec into its script; null when it cannot be.</summary>
    public static SpecActionChange? Into(SpecAnalysis spec, string script)
    {
        if (WhyNotInto(spec, script) is not null || ReadScript(spec, script) is not { } text) return null;
        return new([new FileChange.Edit(script, text, [Embed(text, ContentOf(spec))]), new FileChange.Deletion(spec.Path)], []);
    }

    /// <summary>Whether a text says what the spec says.</summary>
    private static bool Says(SpecAnalysis spec, SourceText text, DocumentKind kind)
    {
        var bound = BoundSpec.Bind(SpecDocument.Parse(text, kind));
        return !bound.HasErrors && bound.Document.Region is not null && bound.Spec.Equals(spec.Spec);
    }

    /// <summary>The lines of the spec without the comment prefix, the last one with its line break.</summary>
    private static string ContentOf(SpecAnalysis spec)
    {
        SpecRegion region = spec.Document.Region!;
        if (!region.IsEmbedded)
        {
            string whole = spec.Text.ToString(region.Span);
            return whole.Length == 0 || whole.EndsWith('\n') ? whole : whole + "\n";
        }
        string lineBreak = LineBreakOf(spec.Text);
        return string.Concat(region.Lines.Select(line => IndentationOf(spec, line) + spec.Text.ToString(line.Content) + lineBreak));
    }

    /// <summary>Without a comment prefix the blanks before a line are none of its content. Inside of a heredoc they are none of the spec's either.</summary>
    private static string IndentationOf(SpecAnalysis spec, RegionLine line)
    {
        if (!spec.Document.Region!.Prefix.IsEmpty || line.Content.IsEmpty) return "";
        bool isWithinToken = spec.Tree.Tokens[spec.Tree.FindToken(line.ContentStart)].Start < line.ContentStart;
        return isWithinToken ? "" : LineIndentation.Of(spec.Tree, line.ContentStart);
    }

    /// <summary>Behind the first comment of the script, which says how it is run and whose it is.</summary>
    private static TextChange Embed(SourceText script, string content)
    {
        string lineBreak = LineBreakOf(script);
        int line = 0;
        int start = script.ByteOrderMark.End;
        while (line < script.LineCount && script.Slice(script.GetLineSpan(line))[(line == 0 ? start : 0)..].StartsWith("#"u8))
        {
            TextSpan whole = script.GetLineSpanIncludingBreak(line++);
            start = whole.End;
        }
        var text = new StringBuilder();
        bool isAtLineStart = start == script.ByteOrderMark.End || script.Bytes[start - 1] == '\n';
        if (!isAtLineStart) text.Append(lineBreak);
        if (line > 0) text.Append(lineBreak);
        text.Append("# [VPYTHON:BEGIN]").Append(lineBreak);
        foreach (string written in content.TrimEnd('\r', '\n').Split('\n')) text.Append($"# {written.TrimEnd('\r')}".TrimEnd()).Append(lineBreak);
        text.Append("# [VPYTHON:END]").Append(lineBreak);
        bool isBeforeText = start < script.Length && script.Bytes[start] is not ((byte)'\n' or (byte)'\r');
        if (isBeforeText) text.Append(lineBreak);
        return new(new(start, 0), text.ToString());
    }

    /// <summary>The lines of the spec and its guards; of empty lines on both sides, one goes with them.</summary>
    private static TextSpan LinesOf(SourceText text, SpecRegion region)
    {
        int first = text.GetLine(region.BeginGuard!.Value.Start);
        int last = text.GetLine(region.EndGuard!.Value.Start);
        bool isEmptyBefore = first == 0 || text.GetLineSpan(first - 1).IsEmpty;
        if (isEmptyBefore && last + 1 < text.LineCount && text.GetLineSpan(last + 1).IsEmpty && text.GetLineSpanIncludingBreak(last + 1).Length > 0) last++;
        return TextSpan.FromBounds(Math.Max(text.ByteOrderMark.End, text.GetLineSpanIncludingBreak(first).Start), text.GetLineSpanIncludingBreak(last).End);
    }

    /// <summary>Whether nothing but the sign of a comment stands on the lines of the guards.</summary>
    private static bool HaveLinesOfTheirOwn(SourceText text, SpecRegion region) =>
        region is { BeginGuard: { } begin, EndGuard: { } end } && IsAlone(text, begin) && IsAlone(text, end);

    private static bool IsAlone(SourceText text, TextSpan guard)
    {
        TextSpan line = text.GetLineSpan(text.GetLine(guard.Start));
        int start = Math.Max(line.Start, text.ByteOrderMark.End);
        return !text.Slice(TextSpan.FromBounds(start, guard.Start)).ContainsAnyExcept(CommentSigns) && text.Slice(TextSpan.FromBounds(guard.End, line.End)).Trim(" \t"u8).IsEmpty;
    }

    private static SourceText? ReadScript(SpecAnalysis spec, string script) =>
        spec.Host.Files.TryReadRepeatableFile(script, out _) is { } bytes ? SourceText.From(bytes, script) : null;

    private static string LineBreakOf(SourceText text) => text.Bytes.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
}
