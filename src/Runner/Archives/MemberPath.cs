using System.Text;

namespace VPythonTools.Runner.Archives;

/// <summary>
/// The names that members of archives may have: relative, with <c>/</c>, canonical, and meaning the same file on every system. A name that
/// is merely odd is not repaired but refused, since two programs would repair it differently.
/// </summary>
public static class MemberPath
{
    private const int LongestSegment = 255;

    /// <summary>What is wrong with a name, as the end of a sentence that starts with the name; null when nothing is.</summary>
    public static string? Fault(string name)
    {
        if (name.Length == 0) return "is empty";
        if (name[0] == '/') return "is an absolute path";
        foreach (char character in name)
        {
            if (character == '\\') return "contains a backslash";
            if (character == ':') return "contains a colon, which names a drive or a stream on Windows";
            if (char.IsControl(character)) return "contains a control character";
        }
        foreach (Range range in name.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> segment = name.AsSpan(range);
            if (segment.IsEmpty) return "has an empty part";
            if (segment is "." or "..") return $"has the part '{segment}'";
            if (segment.Length > LongestSegment || Encoding.UTF8.GetByteCount(segment) > LongestSegment) return "has a part of more than 255 bytes";
            if (IsTroubleOnWindows(segment)) return $"has the part '{segment}', which Windows does not take as a file name";
        }
        return null;
    }

    /// <summary>
    /// Names that Windows maps to devices, or whose end it drops: <c>NUL.txt</c>, <c>a.</c>, <c>a </c> (Microsoft, "Naming Files, Paths, and
    /// Namespaces"). Superscript digits number ports there too.
    /// </summary>
    private static bool IsTroubleOnWindows(ReadOnlySpan<char> segment)
    {
        if (segment[^1] is '.' or ' ') return true;
        int dot = segment.IndexOf('.');
        Span<char> stem = stackalloc char[LongestSegment];
        int length = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ').ToUpperInvariant(stem);
        return stem[..length] is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (length == 4 && stem[3] is (>= '0' and <= '9') or '¹' or '²' or '³' && stem[..3] is "COM" or "LPT");
    }
}
