using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.SpecLang.Python;

/// <summary>A compatibility tag (PEP 425): what an interpreter supports, or what a wheel needs. All three parts are set and in lower case.</summary>
/// <param name="Python">The implementation and version, such as <c>cp311</c> or <c>py3</c>.</param>
/// <param name="Abi">The binary interface, such as <c>cp311</c>, <c>abi3</c> or <c>none</c>.</param>
/// <param name="Platform">The platform, such as <c>manylinux_2_17_x86_64</c>, <c>win_amd64</c> or <c>any</c>.</param>
public readonly record struct Pep425Tag(string Python, string Abi, string Platform)
{
    /// <summary>The ABI of wheels that use none.</summary>
    public const string NoAbi = "none";

    /// <summary>The platform of wheels that run on every one.</summary>
    public const string AnyPlatform = "any";

    /// <summary>Reads <c>python-abi-platform</c>; compressed sets (<c>py2.py3-none-any</c>) are not single tags and are refused.</summary>
    public static bool TryParse(string text, out Pep425Tag tag, [NotNullWhen(false)] out string? error)
    {
        string[] parts = text.Split('-');
        bool valid = parts.Length == 3 && parts.All(part => part.Length > 0 && !part.Contains('.', StringComparison.Ordinal));
        tag = valid ? new(parts[0].ToLowerInvariant(), parts[1].ToLowerInvariant(), parts[2].ToLowerInvariant()) : default;
        error = valid ? null : $"'{text}' is not a compatibility tag: it has not the three parts python-abi-platform";
        return valid;
    }

    /// <summary>The three parts, joined by <c>-</c>.</summary>
    public override string ToString() => $"{Python}-{Abi}-{Platform}";
}
