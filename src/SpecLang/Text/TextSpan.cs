namespace VPythonTools.SpecLang.Text;

/// <summary>A range of bytes in a <see cref="SourceText"/>: from <see cref="Start"/> up to, but not including, <see cref="End"/>.</summary>
/// <param name="Start">The offset of the first byte; never negative.</param>
/// <param name="Length">How many bytes; zero marks a position between two bytes.</param>
public readonly record struct TextSpan(int Start, int Length) : IComparable<TextSpan>
{
    /// <summary>The offset just behind the last byte.</summary>
    public int End => Start + Length;

    /// <summary>Whether the span holds no byte.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The span from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>Whether <paramref name="offset"/> lies in the span; its end does not.</summary>
    public bool Contains(int offset) => (uint)(offset - Start) < (uint)Length;

    /// <summary>Whether <paramref name="other"/> lies wholly in this span.</summary>
    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;

    /// <summary>Whether the two spans share at least one byte.</summary>
    public bool OverlapsWith(TextSpan other) => Math.Max(Start, other.Start) < Math.Min(End, other.End);

    /// <summary>Whether <paramref name="offset"/> lies in the span or at its end, as a cursor does.</summary>
    public bool Touches(int offset) => offset >= Start && offset <= End;

    /// <summary>Orders by start, then by length.</summary>
    public int CompareTo(TextSpan other) => Start != other.Start ? Start.CompareTo(other.Start) : Length.CompareTo(other.Length);

    /// <inheritdoc/>
    public override string ToString() => $"[{Start}..{End})";

    /// <summary>Orders by start, then by length.</summary>
    public static bool operator <(TextSpan left, TextSpan right) => left.CompareTo(right) < 0;

    /// <summary>Orders by start, then by length.</summary>
    public static bool operator >(TextSpan left, TextSpan right) => left.CompareTo(right) > 0;

    /// <summary>Orders by start, then by length.</summary>
    public static bool operator <=(TextSpan left, TextSpan right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by start, then by length.</summary>
    public static bool operator >=(TextSpan left, TextSpan right) => left.CompareTo(right) >= 0;
}
