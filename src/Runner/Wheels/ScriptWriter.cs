using System.Collections.Immutable;
using System.Text;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// The text of commands. On POSIX it is what pip makes, byte for byte: a first line that names the environment's interpreter and a module
/// that calls the function. On Windows pip prefixes that with an executable that comes with distlib; here a command is a Python file and a
/// batch file that runs it, so that nothing binary has to be trusted.
/// </summary>
internal static class ScriptWriter
{
    /// <summary>How long a first line may be before Linux cuts it (BINPRM_BUF_SIZE of old kernels), and macOS, each with its end.</summary>
    private const int LongestLine = 127;
    private const int LongestLineOnMac = 512;

    /// <summary>The files of a command: names within the scripts directory and contents.</summary>
    public static ImmutableArray<(string Name, byte[] Content)> Write(EntryPoint command, InstallTarget target)
    {
        if (!target.IsWindows) return [(command.Name, [.. Shebang(target), .. Encoding.UTF8.GetBytes(CallOf(command, "-script\\.pyw|\\.exe"))])];
        string script = command.Name + (command.IsGui ? "-script.pyw" : "-script.py");
        string start = command.IsGui ? "@start \"\" \"%~dp0pythonw.exe\"" : "@\"%~dp0python.exe\"";
        return
        [
            (script, Encoding.UTF8.GetBytes(CallOf(command, "-script\\.pyw?|\\.exe"))),
            ($"{command.Name}.cmd", Encoding.UTF8.GetBytes($"{start} \"%~dp0{script}\" %*\r\n")),
        ];
    }

    /// <summary>
    /// A script of a wheel with its first line changed from <c>#!python</c> to the environment's interpreter; null when the first line is
    /// another. What follows <c>#!python</c> on the line is dropped, as pip does.
    /// </summary>
    public static byte[]? Rewrite(ReadOnlySpan<byte> script, InstallTarget target)
    {
        if (!script.StartsWith("#!python"u8)) return null;
        int end = script.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? script : script[..end];
        ReadOnlySpan<byte> rest = end < 0 ? [] : script[(end + 1)..];
        return [.. Shebang(target, line.StartsWith("#!pythonw"u8)), .. rest];
    }

    /// <summary>
    /// The first line. Where the kernel would cut it or take a space for its end, the shell starts Python instead: for the shell the two
    /// lines are a command, for Python they are a string. Both distlib and the setuptools that came before it do the same.
    /// </summary>
    private static byte[] Shebang(InstallTarget target, bool isGui = false)
    {
        string interpreter = target.Interpreter(isGui);
        if (target.IsWindows) return Encoding.UTF8.GetBytes($"#!{interpreter}\r\n");
        int longest = target.Facts.Host.Platform == "darwin" ? LongestLineOnMac : LongestLine;
        string line = $"#!{interpreter}\n";
        if (!interpreter.Any(char.IsWhiteSpace) && Encoding.UTF8.GetByteCount(line) <= longest) return Encoding.UTF8.GetBytes(line);
        return Encoding.UTF8.GetBytes($"#!/bin/sh\n'''exec' {Quote(interpreter)} \"$0\" \"$@\"\n' '''\n");
    }

    /// <summary>
    /// As distlib quotes: only where there is a space. Characters that the shell would act upon are never in an environment's path.
    /// </summary>
    private static string Quote(string interpreter) => interpreter.Contains(' ', StringComparison.Ordinal) ? $"\"{interpreter}\"" : interpreter;

    private static string CallOf(EntryPoint command, string suffixes) =>
        $$"""
        # -*- coding: utf-8 -*-
        import re
        import sys
        from {{command.Module}} import {{command.ImportedName}}
        if __name__ == '__main__':
            sys.argv[0] = re.sub(r'({{suffixes}})?$', '', sys.argv[0])
            sys.exit({{command.Function}}())

        """;
}
