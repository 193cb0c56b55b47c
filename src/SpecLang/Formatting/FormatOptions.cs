namespace VPythonTools.SpecLang.Formatting;

/// <summary>The little that can be chosen about the style of specs.</summary>
/// <param name="IndentSize">How many blanks a level of messages is indented by.</param>
/// <param name="Brackets">Which brackets messages get.</param>
public sealed record FormatOptions(int IndentSize, BracketStyle Brackets)
{
    /// <summary>The style of most specs: two blanks, angle brackets around messages of many lines.</summary>
    public static FormatOptions Default { get; } = new(2, BracketStyle.Mixed);
}
