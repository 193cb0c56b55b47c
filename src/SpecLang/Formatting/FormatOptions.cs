using System.Collections.Immutable;
using System.Globalization;
using VPythonTools.SpecLang.Configuration;

namespace VPythonTools.SpecLang.Formatting;

/// <summary>The little that can be chosen about the style of specs.</summary>
/// <param name="IndentSize">How many blanks a level of messages is indented by.</param>
/// <param name="Brackets">Which brackets messages get.</param>
/// <param name="SortsWheels">Whether wheels that follow each other are put in the order of their names.</param>
public sealed record FormatOptions(int IndentSize, BracketStyle Brackets, bool SortsWheels = false)
{
    /// <summary>How many blanks a level of messages is indented by: <c>1</c> to <c>8</c>. The common <c>indent_size</c> is that of the code around a spec, so it says nothing here.</summary>
    public const string IndentSizeSetting = "vpython_indent_size";

    /// <summary>Which brackets messages get: <c>mixed</c>, <c>keep</c>, <c>angle</c>, <c>brace</c>.</summary>
    public const string BracketsSetting = "vpython_brackets";

    /// <summary>Whether wheels are sorted: <c>true</c> or <c>false</c>.</summary>
    public const string SortWheelsSetting = "vpython_sort_wheels";

    private const int LargestIndent = 8;

    /// <summary>The style of most specs: two blanks, angle brackets around messages of many lines, the order as it is.</summary>
    public static FormatOptions Default { get; } = new(2, BracketStyle.Mixed);

    /// <summary>The style that settings of <c>.editorconfig</c> ask for.</summary>
    /// <param name="settings">The settings of the file, names in lower case.</param>
    /// <param name="problems">The settings that mean nothing.</param>
    public static FormatOptions Read(IReadOnlyDictionary<string, string> settings, out ImmutableArray<SettingProblem> problems)
    {
        var found = ImmutableArray.CreateBuilder<SettingProblem>();
        FormatOptions options = Default;
        if (settings.TryGetValue(IndentSizeSetting, out string? indent))
        {
            if (int.TryParse(indent, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= 1 and <= LargestIndent) options = options with { IndentSize = size };
            else found.Add(new(IndentSizeSetting, indent, $"1 to {LargestIndent}"));
        }
        if (settings.TryGetValue(BracketsSetting, out string? brackets))
        {
            BracketStyle? style = brackets.ToLowerInvariant() switch
            {
                "mixed" => BracketStyle.Mixed,
                "keep" => BracketStyle.Keep,
                "angle" => BracketStyle.Angle,
                "brace" => BracketStyle.Brace,
                _ => null,
            };
            if (style is { } known) options = options with { Brackets = known };
            else found.Add(new(BracketsSetting, brackets, "mixed, keep, angle or brace"));
        }
        if (settings.TryGetValue(SortWheelsSetting, out string? sort))
        {
            if (bool.TryParse(sort, out bool sorts)) options = options with { SortsWheels = sorts };
            else found.Add(new(SortWheelsSetting, sort, "true or false"));
        }
        problems = found.DrainToImmutable();
        return options;
    }
}
