using VPythonTools.SpecLang.Documents;

namespace VPythonTools.SpecLang.Search;

/// <summary>The names of specs, also those that <c>vpython3</c> does not see, although somebody meant them as a spec.</summary>
public static class SpecFileName
{
    private static readonly string[] MisnamedEndings = [".vpython3", ".vpython", ".vpython3.txt", ".vpython.txt"];

    /// <summary>Whether the whole file is meant as a spec: <c>.vpython3</c>, <c>x.py.vpython3</c>, and also <c>.vpython3.txt</c> and <c>.VPython3</c>.</summary>
    public static bool IsStandalone(ReadOnlySpan<char> name)
    {
        foreach (string ending in MisnamedEndings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>Whether a file is a page for readers, Markdown: what it shows between guards is an example, and nobody runs it.</summary>
    public static bool IsPage(ReadOnlySpan<char> name) => name.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a path that does not exist may be one whose bytes are not UTF-8: what is not is <c>U+FFFD</c> in it, and nobody can open it by that.</summary>
    public static bool MayBeNoText(string path) => path.Contains('\uFFFD', StringComparison.Ordinal);

    /// <summary>Whether <c>vpython3</c> never takes it for a spec, although it is named much like one.</summary>
    public static bool IsMisnamed(string name) => IsStandalone(name) && SpecDocument.KindOf(name) != DocumentKind.Spec;
}
