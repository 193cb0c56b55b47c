namespace VPythonTools.SpecLang.Formatting;

/// <summary>Which brackets messages get. Both kinds mean the same.</summary>
public enum BracketStyle
{
    /// <summary>Angle brackets around messages of many lines, braces around messages within a line: what most specs do.</summary>
    Mixed,

    /// <summary>The brackets that are there.</summary>
    Keep,

    /// <summary>Angle brackets everywhere.</summary>
    Angle,

    /// <summary>Braces everywhere.</summary>
    Brace,
}
