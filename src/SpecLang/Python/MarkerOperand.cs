namespace VPythonTools.SpecLang.Python;

/// <summary>One side of a comparison in a marker: a variable, or a literal.</summary>
/// <param name="Variable">The variable; null for a literal.</param>
/// <param name="Literal">The text of a literal, without its quotes; empty for a variable.</param>
public readonly record struct MarkerOperand(MarkerVariable? Variable, string Literal)
{
    /// <summary>The name of the variable, or the literal in quotes.</summary>
    public override string ToString() =>
        Variable is { } variable ? MarkerGrammar.NameOf(variable)
        : Literal.Contains('"', StringComparison.Ordinal) ? $"'{Literal}'"
        : $"\"{Literal}\"";
}
