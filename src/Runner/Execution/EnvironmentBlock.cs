using System.Collections;
using System.Runtime.InteropServices;

namespace VPythonTools.Runner.Execution;

/// <summary>
/// The variables that a process gets, in the caller's order and with the caller's bytes. Names compare exactly on POSIX and without regard to
/// case on Windows. Immutable.
/// </summary>
public sealed class EnvironmentBlock
{
    private static readonly StringComparison NameComparison =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly List<string> _entries;

    private EnvironmentBlock(List<string> entries) => _entries = entries;

    /// <summary>Every variable as <c>NAME=value</c>, in <see cref="NativeText"/> form; entries without <c>=</c> pass through.</summary>
    public IReadOnlyList<string> Entries => _entries;

    /// <summary>The block of these entries.</summary>
    public static EnvironmentBlock Of(IEnumerable<string> entries) => new([.. entries]);

    /// <summary>The environment that this process was started with.</summary>
    public static EnvironmentBlock OfThisProcess()
    {
        if (!OperatingSystem.IsWindows()) return new(ReadNative());
        var entries = new List<string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables()) entries.Add($"{variable.Key}={variable.Value}");
        return new(entries);
    }

    /// <summary>The value of a variable; null when it is not set.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (string entry in _entries)
            {
                if (IsNamed(entry, name)) return entry[(name.Length + 1)..];
            }
            return null;
        }
    }

    /// <summary>The value of a variable; null when it is not set or empty.</summary>
    public string? NonEmpty(string name) => this[name] is { Length: > 0 } value ? value : null;

    /// <summary>The block with a variable set: in its place when it was there (and there once), else at the end.</summary>
    public EnvironmentBlock With(string name, string value)
    {
        var entries = new List<string>(_entries.Count + 1);
        bool isSet = false;
        foreach (string entry in _entries)
        {
            if (!IsNamed(entry, name))
            {
                entries.Add(entry);
            }
            else if (!isSet)
            {
                entries.Add(string.Concat(entry.AsSpan(0, name.Length), "=", value));
                isSet = true;
            }
        }
        if (!isSet) entries.Add($"{name}={value}");
        return new(entries);
    }

    /// <summary>The block without a variable.</summary>
    public EnvironmentBlock Without(string name) => new([.. _entries.Where(entry => !IsNamed(entry, name))]);

    /// <summary>Gives the variables to a child that is started by .NET, which has them as text: those whose bytes are none are left out.</summary>
    public void CopyTo(IDictionary<string, string?> variables)
    {
        variables.Clear();
        foreach (string entry in _entries)
        {
            int equals = entry.IndexOf('=', 1);
            if (equals > 0 && !NativeText.HasEscapes(entry)) variables[entry[..equals]] = entry[(equals + 1)..];
        }
    }

    private static bool IsNamed(string entry, string name) =>
        entry.Length > name.Length && entry[name.Length] == '=' && entry.StartsWith(name, NameComparison);

    private static unsafe List<string> ReadNative()
    {
        // The C library's own table: .NET's copy is decoded, unordered and has every name once.
        nint libc = NativeLibrary.GetMainProgramHandle();
        byte** environment = OperatingSystem.IsMacOS()
            ? *((delegate* unmanaged<byte***>)NativeLibrary.GetExport(libc, "_NSGetEnviron"))()
            : *(byte***)NativeLibrary.GetExport(libc, "environ");
        var entries = new List<string>();
        for (; environment is not null && *environment is not null; environment++)
            entries.Add(NativeText.Decode(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(*environment)));
        return entries;
    }
}
