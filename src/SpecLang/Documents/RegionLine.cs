using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Documents;

/// <summary>
/// One line of a spec inside another file. From its start to the content lie the indentation and the prefix that the guards have too, such as
/// <c># </c>; behind the content lie trailing white space and the line break.
/// </summary>
/// <param name="Start">The offset of the line's first byte.</param>
/// <param name="ContentStart">The offset of the first byte that belongs to the spec.</param>
/// <param name="ContentEnd">The offset just behind the last byte that belongs to the spec.</param>
public readonly record struct RegionLine(int Start, int ContentStart, int ContentEnd)
{
    /// <summary>The indentation and the prefix: bytes of the host file that are not part of the spec.</summary>
    public TextSpan Prefix => TextSpan.FromBounds(Start, ContentStart);

    /// <summary>The part of the line that is the spec's.</summary>
    public TextSpan Content => TextSpan.FromBounds(ContentStart, ContentEnd);
}
