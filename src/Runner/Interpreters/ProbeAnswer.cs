using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Interpreters;

/// <summary>The line of JSON that <c>probe.py</c> prints.</summary>
internal sealed record ProbeAnswer(
    string Executable,
    string Own,
    string Prefix,
    string BasePrefix,
    string Version,
    string Implementation,
    int Major,
    int Minor,
    int Micro,
    string Platform,
    string Machine,
    string SysconfigPlatform,
    bool Is64Bit,
    [property: JsonPropertyName("libc")] string LibC,
    [property: JsonPropertyName("libcVersion")] string LibCVersion,
    [property: JsonPropertyName("macosVersion")] string MacOSVersion,
    bool IsFreeThreaded,
    bool IsDebug,
    bool IsHardFloat,
    [property: JsonPropertyName("soabi")] string SoAbi,
    string CacheTag,
    string Magic,
    ProbeAnswer.SchemePaths Scheme,
    ImmutableArray<string> SeedWheels)
{
    /// <summary>Whether the interpreter that answered is one of a virtual environment.</summary>
    [JsonIgnore]
    public bool IsVirtualEnvironment => Prefix != BasePrefix;

    /// <summary>The facts that environments are made from.</summary>
    public InterpreterFacts ToFacts() => new()
    {
        Executable = Executable,
        BasePrefix = BasePrefix,
        Version = Version,
        Micro = Micro,
        Host = new HostFacts
        {
            Implementation = Implementation,
            Major = Major,
            Minor = Minor,
            Platform = Platform,
            Machine = Machine,
            SysconfigPlatform = SysconfigPlatform,
            Is64Bit = Is64Bit,
            LibC = LibC,
            LibCVersion = MajorMinor(LibCVersion),
            MacOSVersion = MajorMinor(MacOSVersion),
            IsFreeThreaded = IsFreeThreaded,
            IsDebug = IsDebug,
            IsHardFloat = IsHardFloat,
            SoAbi = SoAbi,
        },
        Scheme = new(Scheme.PureLib, Scheme.PlatLib, Scheme.Scripts, Scheme.Include, Scheme.Data),
        SeedWheels = SeedWheels,
        ByteCode = CacheTag.Length > 0 && CacheTag.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.') ? new(CacheTag, Magic) : null,
    };

    private static (int Major, int Minor) MajorMinor(string version)
    {
        string[] parts = version.Split('.', 3);
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            ? (major, minor)
            : (0, 0);
    }

    /// <summary>Paths relative to an environment.</summary>
    internal sealed record SchemePaths(
        [property: JsonPropertyName("purelib")] string PureLib,
        [property: JsonPropertyName("platlib")] string PlatLib,
        string Scripts,
        string Include,
        string Data);
}
