using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// The name of a wheel file (PEP 427): <c>distribution-version[-build]-python-abi-platform.whl</c>. The version is not checked against PEP 440: Chrome
/// Operations' wheels have versions such as <c>1.0.chromium.3</c>, and the wheel inside a CIPD package is found by its package, not by its file name.
/// </summary>
public sealed class WheelFileName
{
    private const string Extension = ".whl";

    private WheelFileName(string fileName, DistributionName distribution, string version, string? build, ImmutableArray<Pep425Tag> tags)
    {
        FileName = fileName;
        Distribution = distribution;
        Version = version;
        Build = build;
        Tags = tags;
    }

    /// <summary>The whole file name, without directories.</summary>
    public string FileName { get; }

    /// <summary>The distribution's normalised name.</summary>
    public DistributionName Distribution { get; }

    /// <summary>The version as the file name has it: a <c>-</c> of the real version is a <c>_</c> here.</summary>
    public string Version { get; }

    /// <summary>What tells two builds of one version apart; begins with a digit; null in most names.</summary>
    public string? Build { get; }

    /// <summary>Every combination of the name's compressed tag sets, in their order: <c>py2.py3-none-any</c> is two tags.</summary>
    public ImmutableArray<Pep425Tag> Tags { get; }

    /// <summary>Reads a file name, or says which part of it is wrong.</summary>
    public static bool TryParse(string fileName, [NotNullWhen(true)] out WheelFileName? wheel, [NotNullWhen(false)] out string? error)
    {
        wheel = null;
        if (!fileName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return Refuse($"'{fileName}' is not a wheel: its name does not end in {Extension}", out error);
        string[] parts = fileName[..^Extension.Length].Split('-');
        if (parts.Length is not (5 or 6))
            return Refuse($"the wheel name '{fileName}' has {parts.Length} parts; distribution-version[-build]-python-abi-platform{Extension} has 5 or 6", out error);
        if (parts.Any(part => part.Length == 0 || part.Any(c => c is '/' or '\\' || char.IsWhiteSpace(c) || char.IsControl(c))))
            return Refuse($"the wheel name '{fileName}' has an empty part, a space or a slash", out error);
        if (!DistributionName.TryParse(parts[0], out DistributionName distribution, out string? nameError))
            return Refuse($"the wheel name '{fileName}' is wrong: {nameError}", out error);
        if (parts[^3..].Any(set => set.Split('.').Contains("")))
            return Refuse($"the wheel name '{fileName}' has an empty tag", out error);
        string? build = parts.Length == 6 ? parts[2] : null;
        if (build is not null && !char.IsAsciiDigit(build[0]))
            return Refuse($"the build tag '{build}' of the wheel name '{fileName}' does not begin with a digit", out error);

        wheel = new(fileName, distribution, parts[1], build, Decompress(parts[^3], parts[^2], parts[^1]));
        error = null;
        return true;
    }

    /// <summary>The whole file name.</summary>
    public override string ToString() => FileName;

    private static ImmutableArray<Pep425Tag> Decompress(string pythons, string abis, string platforms) =>
    [
        .. from python in Split(pythons)
           from abi in Split(abis)
           from platform in Split(platforms)
           select new Pep425Tag(python, abi, platform),
    ];

    private static string[] Split(string set) => set.ToLowerInvariant().Split('.');

    private static bool Refuse(string reason, out string error)
    {
        error = reason;
        return false;
    }
}
