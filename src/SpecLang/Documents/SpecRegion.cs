using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Documents;

/// <summary>The part of a file that is spec text: the whole file, or the lines between two guards, each without its comment prefix.</summary>
public sealed class SpecRegion
{
    internal SpecRegion(TextSpan span, ImmutableArray<RegionLine> lines, TextSpan? beginGuard, TextSpan? endGuard, TextSpan prefix)
    {
        Span = span;
        Lines = lines;
        BeginGuard = beginGuard;
        EndGuard = endGuard;
        Prefix = prefix;
    }

    /// <summary>All content: the whole text but for its byte order mark, or the lines between the guards with their line breaks.</summary>
    public TextSpan Span { get; }

    /// <summary>The content line by line when the spec is inside another file; of a standalone spec, one entry for the whole text.</summary>
    public ImmutableArray<RegionLine> Lines { get; }

    /// <summary>The bytes of <c>[VPYTHON:BEGIN]</c>; null for a standalone spec.</summary>
    public TextSpan? BeginGuard { get; }

    /// <summary>The bytes of <c>[VPYTHON:END]</c>; null for a standalone spec and where the guard is missing.</summary>
    public TextSpan? EndGuard { get; }

    /// <summary>What stands before the begin guard on its line, without indentation, such as <c># </c>; content lines repeat it. Empty in a docstring and for a standalone spec.</summary>
    public TextSpan Prefix { get; }

    /// <summary>Whether the spec is inside another file.</summary>
    public bool IsEmbedded => BeginGuard is not null;

    /// <summary>The index of the line that holds an offset: the last one that does not start behind it.</summary>
    internal int FindLine(int offset)
    {
        int low = 0;
        int high = Lines.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Lines[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    /// <summary>The whole of a standalone spec.</summary>
    internal static SpecRegion Whole(SourceText text)
    {
        int start = text.ByteOrderMark.End;
        return new(TextSpan.FromBounds(start, text.Length), [new RegionLine(start, start, text.Length)], null, null, default);
    }
}
