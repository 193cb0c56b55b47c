using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Commands.Dependencies;

/// <summary>The words of a command line that name wheels: a distribution, such as <c>requests</c> or <c>requests==2.31.0</c>, or a package name as specs write it.</summary>
internal static class WheelNames
{
    /// <summary>Takes the file off the end of the words: the last one, when it is a file and not the only word.</summary>
    /// <param name="workingDirectory">The directory that paths are relative to.</param>
    /// <param name="words">The words.</param>
    /// <param name="mayBeAll">Whether a file can stand alone.</param>
    public static (string[] Names, string? File) Split(string workingDirectory, string[] words, bool mayBeAll)
    {
        bool hasFile = words.Length > (mayBeAll ? 0 : 1) && File.Exists(Path.Combine(workingDirectory, words[^1]));
        return hasFile ? (words[..^1], words[^1]) : (words, null);
    }

    /// <summary>The distribution that a word names.</summary>
    public static Result<DistributionName> Read(string word)
    {
        if (word.Contains('/', StringComparison.Ordinal) && WheelPackageName.TryParse(word, out WheelPackageName? package)) return package.Distribution;
        return DistributionName.TryParse(word, out DistributionName name, out string? error)
            ? name
            : new Failure("VPY3005", $"'{word}' names no wheel: {error}") { NextStep = "write the name of a distribution, such as requests, or that of a package", ExitCode = 2 };
    }
}
