using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// Which values the parts of compatibility tags can have at all, on any machine: those of PEP 425, of the platform tags that followed it (PEPs 513, 571, 599, 600
/// and 656), and of the <c>packaging</c> library's naming of ABIs.
/// </summary>
public static partial class TagVocabulary
{
    private const string Architectures = "x86_64|i386|i686|aarch64|arm64|armv6l|armv7l|armv8l|ppc|ppc64|ppc64le|s390x|riscv64|loongarch64|mips|mipsel|mips64|mips64el";

    /// <summary>What people write for a platform who have another tool's names in mind.</summary>
    private static readonly FrozenDictionary<string, string> Meant = new Dictionary<string, string>
    {
        ["windows"] = "win_amd64",
        ["windowsamd64"] = "win_amd64",
        ["win64"] = "win_amd64",
        ["winx64"] = "win_amd64",
        ["winx8664"] = "win_amd64",
        ["windows386"] = "win32",
        ["windowsx86"] = "win32",
        ["win386"] = "win32",
        ["winx86"] = "win32",
        ["windowsarm64"] = "win_arm64",
        ["linux"] = "manylinux1_x86_64",
        ["linux64"] = "manylinux1_x86_64",
        ["linuxamd64"] = "manylinux1_x86_64",
        ["linuxx64"] = "manylinux1_x86_64",
        ["manylinuxx8664"] = "manylinux1_x86_64",
        ["manylinux1amd64"] = "manylinux1_x86_64",
        ["linux386"] = "manylinux1_i686",
        ["mac"] = "macosx_11_0_arm64",
        ["darwin"] = "macosx_11_0_arm64",
        ["macarm64"] = "macosx_11_0_arm64",
        ["macosxarm64"] = "macosx_11_0_arm64",
        ["darwinarm64"] = "macosx_11_0_arm64",
        ["macosx11arm64"] = "macosx_11_0_arm64",
        ["macamd64"] = "macosx_10_10_intel",
        ["macx64"] = "macosx_10_10_intel",
        ["macosxintel"] = "macosx_10_10_intel",
        ["macosxx8664"] = "macosx_10_10_intel",
        ["darwinamd64"] = "macosx_10_10_intel",
    }.ToFrozenDictionary();

    private static readonly ImmutableArray<string> UsualPlatforms =
    [
        "any", "win32", "win_amd64", "win_arm64", "manylinux1_x86_64", "manylinux1_i686", "manylinux2014_x86_64", "linux_x86_64", "linux_aarch64", "linux_armv6l", "linux_armv7l",
        "macosx_10_10_intel", "macosx_10_6_intel", "macosx_11_0_arm64",
    ];

    /// <summary>Whether some interpreter can have this value in the first part of its tags, such as <c>cp311</c>.</summary>
    public static bool IsPython(string value) => PythonPattern().IsMatch(value);

    /// <summary>Whether some interpreter can have this value in the second part of its tags, such as <c>cp311</c>, <c>abi3</c> or <c>none</c>.</summary>
    public static bool IsAbi(string value) => AbiPattern().IsMatch(value);

    /// <summary>Whether some machine can have this value in the last part of its tags, such as <c>win_amd64</c>. Systems that no table knows are let through.</summary>
    public static bool IsPlatform(string value) => PlatformPattern().IsMatch(value);

    /// <summary>Whether each part is such a value, or left open.</summary>
    public static bool IsOrEmpty(string python, string abi, string platform) =>
        (python.Length == 0 || IsPython(python)) && (abi.Length == 0 || IsAbi(abi)) && (platform.Length == 0 || IsPlatform(platform));

    /// <summary>What was most likely meant by a value that no interpreter has; null when nothing is near.</summary>
    public static string? NearestPython(string value) => DigitsOf(value) is { } digits ? (value.StartsWith("py", StringComparison.OrdinalIgnoreCase) && !value.Contains('t', StringComparison.OrdinalIgnoreCase) ? "py" : "cp") + digits : null;

    /// <summary>What was most likely meant by an ABI that no interpreter has; null when nothing is near.</summary>
    public static string? NearestAbi(string value) => value is "any" or "None" or "NONE" ? "none" : DigitsOf(value) is { } digits ? "cp" + digits : null;

    /// <summary>What was most likely meant by a platform that no machine has; null when nothing is near.</summary>
    public static string? NearestPlatform(string value)
    {
        string plain = value.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        if (UsualPlatforms.FirstOrDefault(usual => usual.Replace("_", "", StringComparison.Ordinal) == plain) is { } spelt) return spelt;
        return Meant.GetValueOrDefault(plain) ?? Binding.NameSuggestion.Nearest(plain, UsualPlatforms);
    }

    /// <summary><c>3.8</c>, <c>python3.8</c>, <c>CP38</c>: the version without its dot.</summary>
    private static string? DigitsOf(string value) => VersionPattern().Match(value) is { Success: true } match ? match.Groups[1].Value + match.Groups[2].Value : null;

    [GeneratedRegex("^(?:cp|py|pp|ip|jy|graalpy)[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PythonPattern();

    [GeneratedRegex("^(?:none|abi3|abi3t|(?:cp|py|pp|pypy|graalpy)[0-9]+[a-z0-9_]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex AbiPattern();

    [GeneratedRegex(
        "^(?:any|win32|win_amd64|win_arm64|win_ia64|(?:manylinux(?:1|2010|2014|_[0-9]+_[0-9]+)|musllinux_[0-9]+_[0-9]+|linux)_(?:" + Architectures + ")"
            + "|macosx_[0-9]+_[0-9]+_(?:x86_64|intel|fat|fat3|fat32|fat64|universal|universal2|arm64|i386|ppc|ppc64)|(?:freebsd|openbsd|netbsd|solaris|sunos|aix|cygwin|android|ios|emscripten|pyodide|wasi)_?[a-z0-9_]*)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex PlatformPattern();

    [GeneratedRegex("^(?:cp|py|python|cpython)?[-_]?([23])\\.?([0-9]{0,2})[a-z]*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex VersionPattern();
}
