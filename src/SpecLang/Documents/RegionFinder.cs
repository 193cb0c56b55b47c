using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Documents;

/// <summary>
/// Finds the spec in a script. The rules are those of the deployed <c>vpython3</c>: a line whose text, without white space at its ends, ends
/// with a guard begins or ends the spec, whatever the host language; both guards' lines without the guard are the prefix that content lines
/// lose. Where those rules silently lose a spec that someone meant, this one reads what was meant or says what to do.
/// The search jumps from guard to guard, so a large script costs a scan for one byte sequence and nothing per line.
/// </summary>
internal ref struct RegionFinder
{
    private static ReadOnlySpan<byte> BeginGuard => "[VPYTHON:BEGIN]"u8;

    private static ReadOnlySpan<byte> EndGuard => "[VPYTHON:END]"u8;

    private static readonly SearchValues<byte> ClosingSigns = SearchValues.Create("\"'`)]}>*/-,; "u8);

    private static readonly SearchValues<byte> CommentSigns = SearchValues.Create("#/:|*;-!>% \t"u8);

    private static readonly SearchValues<byte> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private readonly SourceText _text;
    private readonly ReadOnlySpan<byte> _bytes;
    private ImmutableArray<Diagnostic>.Builder? _diagnostics;
    private int? _lastEndGuard;

    public RegionFinder(SourceText text)
    {
        _text = text;
        _bytes = text.Bytes;
    }

    /// <summary>What was found wrong on the way, in order of position.</summary>
    public readonly ImmutableArray<Diagnostic> Diagnostics
    {
        get
        {
            if (_diagnostics is null) return [];
            _diagnostics.Sort(static (left, right) => left.Span.CompareTo(right.Span));
            return _diagnostics.ToImmutable();
        }
    }

    /// <summary>The offset of the last end guard of the text; negative where there is none.</summary>
    private int LastEndGuard => _lastEndGuard ??= _bytes.LastIndexOf(EndGuard);

    /// <summary>The region of the spec; null where there is none.</summary>
    public SpecRegion? Find()
    {
        GuardLine? firstEmpty = null;
        int from = 0;
        while (FindBegin(from) is { } begin)
        {
            GuardLine? end = FindEnd(begin.NextLine, out GuardLine? spoilt);
            // With the prefix of the begin guard it was meant as an end, whatever ends further down.
            if (spoilt is not null && _text.Slice(spoilt.Value.Prefix).SequenceEqual(_text.Slice(begin.Prefix)) && IsPlausiblePrefix(begin.Prefix)) end = null;
            int contentEnd = end?.LineStart ?? _bytes.Length;
            if (firstEmpty is { } empty && contentEnd > begin.NextLine) Report(PortabilityDiagnostics.HiddenByEmptyRegion, begin.Guard, LineNumber(empty));
            if (end is null && spoilt is not null)
            {
                Report(RegionDiagnostics.TextAfterEnd, spoilt.Value.Guard);
                return MakeRegion(begin, spoilt, spoilt.Value.LineStart);
            }
            if (end is null && contentEnd > begin.NextLine)
            {
                Report(RegionDiagnostics.Unterminated, begin.Guard);
                return MakeRegion(begin, null, EndOfUnterminated(begin));
            }
            if (end is { IsAtEndOfLine: false }) Report(PortabilityDiagnostics.EndGuardBeforeClosingSigns, end.Value.Rest, Show(_text.Slice(end.Value.Rest)));
            if (contentEnd == begin.NextLine)
            {
                if (IsPlausiblePrefix(begin.Prefix)) Report(end is null ? RegionDiagnostics.BeginWithoutEnd : RegionDiagnostics.Empty, begin.Guard);
                firstEmpty ??= begin;
                from = end?.NextLine ?? _bytes.Length;
                continue;
            }
            SpecRegion region = MakeRegion(begin, end, contentEnd);
            ReportSecondRegion(begin, end!.Value.NextLine);
            return region;
        }
        return null;
    }

    private GuardLine? FindBegin(int from)
    {
        bool sawBegin = from > 0;
        while (NextGuard(BeginGuard, from) is { } candidate)
        {
            if (candidate.IsAtEndOfLine) return candidate;
            if (IsPlausiblePrefix(candidate.Prefix) && LastEndGuard > candidate.LineStart) Report(RegionDiagnostics.TextAfterBegin, candidate.Guard);
            sawBegin = true;
            from = candidate.NextLine;
        }
        if (!sawBegin && NextGuard(EndGuard, 0) is { IsAtEndOfLine: true } end && IsPlausiblePrefix(end.Prefix))
            Report(RegionDiagnostics.EndWithoutBegin, end.Guard);
        return null;
    }

    /// <summary>The end guard that closes a region; <paramref name="spoilt"/> is the first one before it that text follows.</summary>
    private readonly GuardLine? FindEnd(int from, out GuardLine? spoilt)
    {
        spoilt = null;
        while (NextGuard(EndGuard, from) is { } candidate)
        {
            if (candidate.IsAtEndOfLine || IsClosingSigns(_text.Slice(candidate.Rest))) return candidate;
            spoilt ??= candidate;
            from = candidate.NextLine;
        }
        return null;
    }

    /// <summary>The next line that holds a guard, with the last guard of that line.</summary>
    private readonly GuardLine? NextGuard(ReadOnlySpan<byte> guard, int from)
    {
        int found = _bytes[from..].IndexOf(guard);
        if (found < 0) return null;
        found += from;
        int lineStart = from + _bytes[from..found].LastIndexOf((byte)'\n') + 1;
        int lineLength = _bytes[found..].IndexOf((byte)'\n');
        int lineEnd = lineLength < 0 ? _bytes.Length : found + lineLength;
        int guardStart = found + _bytes[found..lineEnd].LastIndexOf(guard);
        if (lineStart == 0) lineStart = _text.ByteOrderMark.End;
        int contentStart = lineStart + WhiteSpace.LeadingLength(_bytes[lineStart..guardStart]);
        return new()
        {
            LineStart = lineStart,
            NextLine = lineLength < 0 ? lineEnd : lineEnd + 1,
            Prefix = TextSpan.FromBounds(contentStart, guardStart),
            Guard = new(guardStart, guard.Length),
            Rest = TextSpan.FromBounds(guardStart + guard.Length, guardStart + WhiteSpace.TrimmedLength(_bytes[guardStart..lineEnd])),
        };
    }

    private SpecRegion MakeRegion(GuardLine begin, GuardLine? end, int contentEnd)
    {
        ReadOnlySpan<byte> beginPrefix = _text.Slice(begin.Prefix);
        ReadOnlySpan<byte> endPrefix = end is { } line ? _text.Slice(line.Prefix) : beginPrefix;
        bool differ = !beginPrefix.SequenceEqual(endPrefix);
        bool stripsEither = differ && AnyLineStartsWith(begin.NextLine, contentEnd, beginPrefix, endPrefix);
        if (stripsEither) Report(RegionDiagnostics.PrefixesDiffer, end!.Value.Prefix.IsEmpty ? end.Value.Guard : end.Value.Prefix, Show(endPrefix), Show(beginPrefix));

        bool isAllComments = true;
        bool isSaid = stripsEither;
        TextSpan? commentedField = null;
        var lines = ImmutableArray.CreateBuilder<RegionLine>();
        for (int start = begin.NextLine; start < contentEnd;)
        {
            int length = _bytes[start..contentEnd].IndexOf((byte)'\n');
            int lineEnd = length < 0 ? contentEnd : start + length;
            TextSpan content = Trim(start, lineEnd);
            int stripped = !differ ? PrefixLength(content, beginPrefix)
                : !stripsEither ? 0
                : Math.Max(PrefixLength(content, beginPrefix), PrefixLength(content, endPrefix));
            if (!differ && stripped == 0) isSaid |= ReportLineWithoutPrefix(content, beginPrefix);
            TextSpan rest = TextSpan.FromBounds(content.Start + stripped, content.End);
            if (FindSecondBegin(rest) is { } second)
            {
                Report(RegionDiagnostics.SecondBegin, second, LineNumber(begin));
                rest = new(rest.End, 0);
            }
            isAllComments &= rest.IsEmpty || _bytes[rest.Start] == '#';
            if (isAllComments && commentedField is null && ReadsAsField(_text.Slice(rest))) commentedField = rest;
            lines.Add(new(start, rest.Start, rest.End));
            start = length < 0 ? contentEnd : lineEnd + 1;
        }
        if (isAllComments && !isSaid && commentedField is { } field) Report(RegionDiagnostics.OnlyComments, field, Show(beginPrefix));
        return new(TextSpan.FromBounds(begin.NextLine, contentEnd), lines.DrainToImmutable(), begin.Guard, end?.Guard, begin.Prefix);
    }

    /// <summary>The begin guard of a content line that nobody means as content: one that begins or ends the line, where that is no comment.</summary>
    private readonly TextSpan? FindSecondBegin(TextSpan content)
    {
        ReadOnlySpan<byte> line = _text.Slice(content);
        if (line.StartsWith((byte)'#')) return null;
        return line.StartsWith(BeginGuard) ? new(content.Start, BeginGuard.Length)
            : line.EndsWith(BeginGuard) ? new(content.End - BeginGuard.Length, BeginGuard.Length)
            : null;
    }

    /// <summary>Whether a comment would be a field without its signs: a word, and behind it what a value begins with.</summary>
    private static bool ReadsAsField(ReadOnlySpan<byte> comment)
    {
        int start = comment.IndexOfAnyInRange((byte)'A', (byte)'z');
        if (start < 0 || comment[..start].IndexOfAnyExcept(CommentSigns) >= 0) return false;
        ReadOnlySpan<byte> rest = comment[start..];
        int length = rest.IndexOfAnyExcept(WordCharacters);
        if (length <= 0) return false;
        rest = rest[length..].TrimStart(" \t"u8);
        bool hasColon = rest.StartsWith((byte)':');
        if (hasColon) rest = rest[1..].TrimStart(" \t"u8);
        return !rest.IsEmpty && (rest[0] is (byte)'<' or (byte)'{' or (byte)'[' || hasColon && rest[0] is (byte)'"' or (byte)'\'');
    }

    /// <summary>How many bytes a content line loses: the prefix, or all of a line that is the beginning of the prefix.</summary>
    private readonly int PrefixLength(TextSpan content, ReadOnlySpan<byte> prefix)
    {
        ReadOnlySpan<byte> line = _text.Slice(content);
        if (line.Length < prefix.Length) return prefix.StartsWith(line) ? line.Length : 0;
        return line.StartsWith(prefix) ? prefix.Length : 0;
    }

    private readonly bool AnyLineStartsWith(int start, int contentEnd, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> otherPrefix)
    {
        while (start < contentEnd)
        {
            int length = _bytes[start..contentEnd].IndexOf((byte)'\n');
            int lineEnd = length < 0 ? contentEnd : start + length;
            ReadOnlySpan<byte> line = _text.Slice(Trim(start, lineEnd));
            if (!prefix.IsEmpty && line.StartsWith(prefix) || !otherPrefix.IsEmpty && line.StartsWith(otherPrefix)) return true;
            start = lineEnd + 1;
        }
        return false;
    }

    /// <summary>
    /// Where the content of a region without an end guard most likely ends, so that the rest of the script is not read as a spec: behind the
    /// last line in a row that has the prefix, or before the first blank line where there is no prefix.
    /// </summary>
    private readonly int EndOfUnterminated(GuardLine begin)
    {
        ReadOnlySpan<byte> prefix = _text.Slice(begin.Prefix);
        prefix = prefix[..WhiteSpace.TrimmedLength(prefix)];
        int start = begin.NextLine;
        while (start < _bytes.Length)
        {
            int length = _bytes[start..].IndexOf((byte)'\n');
            int lineEnd = length < 0 ? _bytes.Length : start + length;
            ReadOnlySpan<byte> line = _text.Slice(Trim(start, lineEnd));
            if (prefix.IsEmpty ? line.IsEmpty : !line.StartsWith(prefix)) break;
            start = length < 0 ? lineEnd : lineEnd + 1;
        }
        return start;
    }

    private bool ReportLineWithoutPrefix(TextSpan content, ReadOnlySpan<byte> prefix)
    {
        ReadOnlySpan<byte> line = _text.Slice(content);
        ReadOnlySpan<byte> sign = prefix[..WhiteSpace.TrimmedLength(prefix)];
        if (sign.IsEmpty || sign[0] != '#' || !line.StartsWith(sign)) return false;
        ReadOnlySpan<byte> rest = line[sign.Length..];
        rest = rest[WhiteSpace.LeadingLength(rest)..];
        // Only what could be a field or the end of a message; "#---" and "## note" are comments on purpose.
        if (rest.IsEmpty || !(char.IsAsciiLetter((char)rest[0]) || rest[0] is (byte)'>' or (byte)'}')) return false;
        Report(RegionDiagnostics.LineWithoutPrefix, content, Show(prefix));
        return true;
    }

    private void ReportSecondRegion(GuardLine first, int from)
    {
        while (NextGuard(BeginGuard, from) is { } begin)
        {
            if (begin.IsAtEndOfLine)
            {
                if (IsPlausiblePrefix(begin.Prefix) && FindEnd(begin.NextLine, out _) is not null)
                    Report(RegionDiagnostics.SecondRegionIgnored, begin.Guard, LineNumber(first));
                return;
            }
            from = begin.NextLine;
        }
    }

    /// <summary>Whether someone meant a guard, and did not just mention it: no word stands before it.</summary>
    private readonly bool IsPlausiblePrefix(TextSpan prefix)
    {
        foreach (byte value in _text.Slice(prefix))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or >= 0x80) return false;
        }
        return true;
    }

    /// <summary>Whether text only closes what was opened before the spec: quotes, brackets, the end of a comment.</summary>
    private static bool IsClosingSigns(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(ClosingSigns);

    private readonly TextSpan Trim(int start, int end)
    {
        int trimmedEnd = start + WhiteSpace.TrimmedLength(_bytes[start..end]);
        return TextSpan.FromBounds(start + WhiteSpace.LeadingLength(_bytes[start..trimmedEnd]), trimmedEnd);
    }

    private readonly int LineNumber(GuardLine line) => _text.GetLinePosition(line.LineStart).Line + 1;

    private static string Show(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, params ReadOnlySpan<object?> arguments) =>
        (_diagnostics ??= ImmutableArray.CreateBuilder<Diagnostic>()).Add(Diagnostic.Create(descriptor, span, arguments));

    /// <summary>A line that holds a guard.</summary>
    private readonly record struct GuardLine
    {
        /// <summary>The offset of the line's first byte.</summary>
        public int LineStart { get; init; }

        /// <summary>The offset of the next line, or of the end of the text.</summary>
        public int NextLine { get; init; }

        /// <summary>From the first byte that is not white space to the guard.</summary>
        public TextSpan Prefix { get; init; }

        /// <summary>The guard.</summary>
        public TextSpan Guard { get; init; }

        /// <summary>What follows the guard, without white space at the end.</summary>
        public TextSpan Rest { get; init; }

        public bool IsAtEndOfLine => Rest.IsEmpty;
    }
}
