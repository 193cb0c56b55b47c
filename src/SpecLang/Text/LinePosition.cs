namespace VPythonTools.SpecLang.Text;

/// <summary>
/// A place in a text as a line and a column, both counted from zero. What a column counts (bytes, UTF-16 code units, characters) is said by
/// the method of <see cref="SourceText"/> that made the position.
/// </summary>
/// <param name="Line">The line, from zero.</param>
/// <param name="Column">The column, from zero.</param>
public readonly record struct LinePosition(int Line, int Column)
{
    /// <summary>The position as people read it: <c>line:column</c>, both from one.</summary>
    public override string ToString() => $"{Line + 1}:{Column + 1}";
}
