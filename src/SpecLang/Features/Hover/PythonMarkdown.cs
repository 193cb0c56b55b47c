using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>What the version of Python that a spec asks for is.</summary>
internal static class PythonMarkdown
{
    /// <summary>Until when it is mended, and which platforms have it; null where the spec asks for none.</summary>
    public static string? Of(SpecAnalysis spec)
    {
        if (spec.Python is not { } python) return null;
        var text = new StringBuilder($"**Python {python}**");
        if (python.Minor is { } minor && PythonEndOfLife.Of(new(python.Major, minor)) is { } day)
            text.Append(day < spec.Host.Today ? $"\n\nSecurity fixes ended on {day:yyyy-MM-dd}." : $"\n\nSecurity fixes until {day:yyyy-MM-dd}.");
        string[] platforms = [.. spec.Settings.Platforms.Platforms.Where(platform => spec.Pythons.Contains(platform.Python)).Select(static platform => platform.Name)];
        return text.Append(platforms.Length == 0 ? "\n\nNo platform of the table has it." : $"\n\nPlatforms: {string.Join(", ", platforms)}").ToString();
    }
}
