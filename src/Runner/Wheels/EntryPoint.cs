using System.Diagnostics.CodeAnalysis;
using VPythonTools.Runner.Archives;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// An entry point that becomes a command: <c>name = module:function</c> (packaging.python.org, "Entry points", "Use for scripts").
/// </summary>
/// <param name="Name">The command.</param>
/// <param name="Module">The dotted name of the module to import.</param>
/// <param name="Function">The dotted name of the function in the module.</param>
/// <param name="IsGui">Whether it comes from <c>gui_scripts</c>: on Windows it then has no console.</param>
public sealed record EntryPoint(string Name, string Module, string Function, bool IsGui)
{
    /// <summary>The part of <see cref="Function"/> to import: its first name.</summary>
    public string ImportedName => Function.Split('.')[0];

    /// <summary>
    /// Reads the right-hand side of an entry point. Extras in brackets are let through and dropped; they are deprecated and select nothing.
    /// </summary>
    public static bool TryParse(string name, string value, bool isGui, [NotNullWhen(true)] out EntryPoint? entryPoint, [NotNullWhen(false)] out string? error)
    {
        entryPoint = null;
        error = null;
        ReadOnlySpan<char> reference = value;
        if (reference.IndexOf('[') is >= 0 and int bracket)
        {
            if (!reference.TrimEnd().EndsWith("]")) error = "has an extra that is not closed";
            reference = reference[..bracket];
        }
        int colon = reference.IndexOf(':');
        ReadOnlySpan<char> module = (colon < 0 ? reference : reference[..colon]).Trim();
        ReadOnlySpan<char> function = colon < 0 ? "" : reference[(colon + 1)..].Trim();
        if (MemberPath.Fault(name) is { } fault) error = $"has a name that {fault}";
        else if (name.Contains('/', StringComparison.Ordinal) || name.Any(char.IsWhiteSpace)) error = "has a slash or a space in its name";
        else if (colon < 0) error = "names no function; MODULE:FUNCTION is needed";
        else if (!IsDottedName(module) || !IsDottedName(function)) error = "is not of the form MODULE:FUNCTION";
        if (error is not null) return false;
        entryPoint = new(name, module.ToString(), function.ToString(), isGui);
        return true;
    }

    private static bool IsDottedName(ReadOnlySpan<char> text)
    {
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            if (part.IsEmpty || char.IsDigit(part[0])) return false;
            foreach (char character in part)
            {
                if (!char.IsLetterOrDigit(character) && character != '_') return false;
            }
        }
        return true;
    }
}
