using System.Text;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>
/// Programs that run in an environment without holding its lock: Python closes inherited descriptors in the processes that it starts, so the child of a script may live on,
/// unlocked, when the script has ended. On Linux the system tells what they are; elsewhere it is not looked (on Windows files that are in use cannot be removed anyway).
/// </summary>
internal static class RunningPrograms
{
    private const string Processes = "/proc";
    private const int LargestText = 1 << 21;

    /// <summary>
    /// The identities of environments that a process runs from which this user can look at: its command line names one, it has a file of one in memory, or it is a Python that was told
    /// so by its variables.
    /// </summary>
    /// <param name="environments">The directory of the environments.</param>
    public static IReadOnlySet<string> Find(string environments)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (!OperatingSystem.IsLinux()) return found;
        byte[] directory = Encoding.UTF8.GetBytes(environments + "/");
        byte[] variable = Encoding.UTF8.GetBytes("VIRTUAL_ENV=" + environments + "/");
        byte[] buffer = new byte[LargestText];
        foreach (string process in Directory.EnumerateDirectories(Processes))
        {
            if (!int.TryParse(Path.GetFileName(process), out int id) || id == Environment.ProcessId) continue;
            AddFrom(Read(process + "/cmdline", buffer), directory, found);
            AddFrom(Read(process + "/maps", buffer), directory, found);
            if (IsPython(process)) AddFrom(Read(process + "/environ", buffer), variable, found);
        }
        return found;
    }

    /// <summary>Whether a process runs from an environment.</summary>
    public static bool AreIn(string environment) => Find(Path.GetDirectoryName(environment)!).Contains(Path.GetFileName(environment));

    private static void AddFrom(ReadOnlySpan<byte> text, ReadOnlySpan<byte> sought, HashSet<string> found)
    {
        for (int at = text.IndexOf(sought); at >= 0; at = text.IndexOf(sought))
        {
            text = text[(at + sought.Length)..];
            ReadOnlySpan<byte> name = text[..Math.Min(EnvironmentIdentity.TextLength, text.Length)];
            string id = Encoding.Latin1.GetString(name);
            if (EnvironmentIdentity.IsIdentity(id)) found.Add(id);
        }
    }

    private static bool IsPython(string process)
    {
        try
        {
            return Path.GetFileName(new FileInfo(process + "/exe").LinkTarget ?? "").StartsWith("python", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> Read(string path, byte[] buffer)
    {
        int filled = 0;
        try
        {
            using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            for (int read = 1; read > 0 && filled < buffer.Length; filled += read) read = content.Read(buffer, filled, buffer.Length - filled);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
        }
        return buffer.AsSpan(0, filled);
    }
}
