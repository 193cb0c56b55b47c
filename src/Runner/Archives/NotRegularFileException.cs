namespace VPythonTools.Runner.Archives;

/// <summary>There is something else than a file where a file should be: the message says what, as the end of a sentence.</summary>
internal sealed class NotRegularFileException(string message) : IOException(message);
