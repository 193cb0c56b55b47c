using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Search;

namespace VPythonTools.Runner.Commands.Dependencies;

/// <summary>The words of a command line that name wheels: a distribution, such as <c>requests</c> or <c>requests==2.31.0</c>, or a package name as specs write it.</summary>
internal static class WheelNames
{
    /// <summary>Takes the file off the end of the words: the last one, when it is a file and not the only word.</summary>
    /// <param name="workingDirectory">The directory that paths are relative to.</param>
    /// <param name="words">The words.</param>
    /// <param name="mayBeAll">Whether a file can stand alone.</param>
    /// <returns>A failure when a word can be nothing but a file, and there is none.</returns>
    public static Result<(string[] Names, string? File)> Split(string workingDirectory, string[] words, bool mayBeAll)
    {
        if (words.FirstOrDefault(word => IsFileName(word) && !File.Exists(Path.Combine(workingDirectory, word))) is { } missing)
            return new Failure("VPY3006", $"there is no file '{missing}'") { NextStep = "name a spec or a script that exists; vpython3 init makes one", ExitCode = 2 };
        bool hasFile = words.Length > (mayBeAll ? 0 : 1) && File.Exists(Path.Combine(workingDirectory, words[^1]));
        (string[] Names, string? File) split = hasFile ? (words[..^1], words[^1]) : (words, null);
        return split;
    }

    /// <summary>No distribution is named as specs are; one named as a script may be.</summary>
    private static bool IsFileName(string word) =>
        SpecFileName.IsStandalone(word) || word.EndsWith(".py", StringComparison.Ordinal) && word.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar);

    /// <summary>The distribution that a word names.</summary>
    public static Result<DistributionName> Read(string word)
    {
        if (word.Contains('/', StringComparison.Ordinal) && WheelPackageName.TryParse(word, out WheelPackageName? package)) return package.Distribution;
        return DistributionName.TryParse(word, out DistributionName name, out string? error)
            ? name
            : new Failure("VPY3005", $"'{word}' names no wheel: {error}") { NextStep = "write the name of a distribution, such as requests, or that of a package", ExitCode = 2 };
    }
}
