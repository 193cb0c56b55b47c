using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// Which Python a spec asks for (<c>python_version</c>): every part that it gives must be met exactly, so <c>3</c> is any Python 3, <c>3.11</c> any
/// 3.11.x, and <c>3.11.8</c> that release alone. The tool of 2017 to 2023 took a minor and patch "not lower" than asked; the bundled ones that
/// followed took the text for the name of a directory. Exactness is what both were used for, and what wheels with a <c>cp311</c> tag need.
/// </summary>
public readonly record struct PythonVersionRequest
{
    private PythonVersionRequest(int major, int? minor, int? patch)
    {
        Major = major;
        Minor = minor;
        Patch = patch;
    }

    /// <summary>The major version.</summary>
    public int Major { get; }

    /// <summary>The minor version; null when any will do.</summary>
    public int? Minor { get; }

    /// <summary>The patch level; null when any will do.</summary>
    public int? Patch { get; }

    /// <summary>Reads one to three numbers, joined by dots; everything else, such as a path or a range of versions, is refused.</summary>
    public static bool TryParse(string text, out PythonVersionRequest request, [NotNullWhen(false)] out string? error)
    {
        request = default;
        error = null;
        string[] parts = text.Split('.');
        var numbers = new int?[3];
        bool valid = parts.Length <= numbers.Length;
        for (int i = 0; valid && i < parts.Length; i++) valid = TryParseNumber(parts[i], out numbers[i]);
        if (!valid)
        {
            error = $"'{text}' is not a Python version; write one such as \"3\", \"3.11\" or \"3.11.8\"";
            return false;
        }
        request = new(numbers[0]!.Value, numbers[1], numbers[2]);
        return true;
    }

    /// <summary>Whether a release of Python is what is asked for.</summary>
    public bool IsSatisfiedBy(int major, int minor, int patch) =>
        major == Major && (Minor is null || minor == Minor) && (Patch is null || patch == Patch);

    /// <summary>The version as it is written in a spec.</summary>
    public override string ToString() => string.Join('.', new[] { Major, Minor, Patch }.OfType<int>().Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static bool TryParseNumber(string text, out int? number)
    {
        bool canonical = text.Length is > 0 and <= 4 && text.All(char.IsAsciiDigit) && (text[0] != '0' || text.Length == 1);
        number = canonical ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;
        return canonical;
    }
}
