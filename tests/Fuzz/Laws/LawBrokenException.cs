namespace VPythonTools.Fuzz.Laws;

/// <summary>A text was found for which a law does not hold.</summary>
public sealed class LawBrokenException(string message) : Exception(message);
