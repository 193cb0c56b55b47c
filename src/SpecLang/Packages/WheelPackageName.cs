using System.Diagnostics.CodeAnalysis;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages;

/// <summary>
/// What the name of a package says about the wheel in it: which distribution, and for whom. Chrome Operations name packages
/// <c>infra/python/wheels/DISTRIBUTION-py2_py3</c>, <c>-py3</c>, <c>-py2</c>, or <c>infra/python/wheels/DISTRIBUTION/PLATFORM</c>.
/// </summary>
public sealed record WheelPackageName
{
    /// <summary>Where Chrome Operations' packages of wheels are.</summary>
    public const string UsualPrefix = "infra/python/wheels/";

    /// <summary>The platform of a name that is right on every machine.</summary>
    public const string PlatformTemplate = "${vpython_platform}";

    private static readonly (string Suffix, WheelPackageForm Form)[] Suffixes =
    [
        ("-py2_py3", WheelPackageForm.Python2And3),
        ("_py2_py3", WheelPackageForm.Python2And3),
        ("-py3", WheelPackageForm.Python3),
        ("_py3", WheelPackageForm.Python3),
        ("-py2", WheelPackageForm.Python2),
        ("_py2", WheelPackageForm.Python2),
    ];

    private WheelPackageName(string text, string prefix, string stem, DistributionName distribution, WheelPackageForm form, string? platformPart)
    {
        Text = text;
        Prefix = prefix;
        Stem = stem;
        Distribution = distribution;
        Form = form;
        PlatformPart = platformPart;
    }

    /// <summary>The whole name, as the spec has it: a template or not.</summary>
    public string Text { get; }

    /// <summary>What stands before the distribution, with its slash; empty when nothing does.</summary>
    public string Prefix { get; }

    /// <summary>The distribution as it is written, without the suffix of the form.</summary>
    public string Stem { get; }

    /// <summary>The distribution.</summary>
    public DistributionName Distribution { get; }

    /// <summary>For whom the wheel is.</summary>
    public WheelPackageForm Form { get; }

    /// <summary>The part behind the distribution, without its slash: a template, or a hard-coded platform; null in other forms.</summary>
    public string? PlatformPart { get; }

    /// <summary>Whether the platform is written out, so that the name is right on that platform alone.</summary>
    public bool HasHardCodedPlatform => PlatformPart is { } part && !part.Contains("${", StringComparison.Ordinal);

    /// <summary>Reads a name; false when no part of it can be a distribution.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out WheelPackageName? name)
    {
        name = null;
        (int start, int length) = FindDistribution(text);
        if (length == 0) return false;
        string written = text.Substring(start, length);
        (string suffix, WheelPackageForm form) = Suffixes.FirstOrDefault(known => written.Length > known.Suffix.Length && written.EndsWith(known.Suffix, StringComparison.Ordinal));
        string stem = suffix is null ? written : written[..^suffix.Length];
        if (!DistributionName.TryParse(stem, out DistributionName distribution, out _)) return false;
        string behind = text[(start + length)..].Trim('/');
        name = behind.Length > 0
            ? new(text, text[..start], stem, distribution, WheelPackageForm.Platform, behind)
            : new(text, text[..start], stem, distribution, form, null);
        return true;
    }

    /// <summary>The same distribution's package in another form; <see cref="WheelPackageForm.Platform"/> with the template.</summary>
    public string In(WheelPackageForm form) => Prefix + Stem + form switch
    {
        WheelPackageForm.Python2And3 => "-py2_py3",
        WheelPackageForm.Python3 => "-py3",
        WheelPackageForm.Python2 => "-py2",
        WheelPackageForm.Platform => "/" + PlatformTemplate,
        _ => "",
    };

    /// <summary>The whole name.</summary>
    public override string ToString() => Text;

    /// <summary>Below the usual prefix the next part; elsewhere the last one without a variable in it.</summary>
    private static (int Start, int Length) FindDistribution(string text)
    {
        if (text.StartsWith(UsualPrefix, StringComparison.Ordinal))
        {
            int length = text.AsSpan(UsualPrefix.Length).IndexOf('/');
            return (UsualPrefix.Length, length < 0 ? text.Length - UsualPrefix.Length : length);
        }
        int end = text.Length;
        while (end > 0)
        {
            int start = text.LastIndexOf('/', end - 1) + 1;
            if (end > start && !text.AsSpan(start, end - start).Contains("${", StringComparison.Ordinal)) return (start, end - start);
            end = start - 1;
        }
        return (0, 0);
    }
}
