namespace VPythonTools.SpecLang.Formatting;

/// <summary>What stands before a token.</summary>
/// <param name="Kind">How it is separated from the token before it.</param>
/// <param name="Level">The indentation of the token, or of what follows a comment, where a line begins.</param>
internal readonly record struct Gap(GapKind Kind, int Level);
