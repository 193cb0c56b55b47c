using System.Runtime.InteropServices;
using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// The link <c>.venv</c> in a project, which leads to the environment of its spec: editors look for one there, and people type <c>.venv/bin/python</c>.
/// What somebody else put there is never touched, and a link that cannot be made keeps nothing from running.
/// </summary>
internal static partial class LocalEnvironmentLink
{
    private const string Name = ".venv";

    /// <summary>Makes the link, or turns an older one of ours to this environment.</summary>
    /// <param name="invocation">Whose project.</param>
    /// <param name="found">Its spec.</param>
    /// <param name="environment">The environment's directory.</param>
    public static void Make(Invocation invocation, ProbeResult found, string environment)
    {
        string link = Path.Combine(ProjectOf(invocation, found), Name);
        try
        {
            var earlier = new FileInfo(link);
            if (earlier.LinkTarget == environment) return;
            if (earlier.LinkTarget is { } target ? !StoreLayout.IsEnvironment(target) : Path.Exists(link))
            {
                invocation.Log.Warning($"'{link}' is not a link of ours and is left as it is, so it does not lead to the environment of this run");
                return;
            }
            Replace(link, environment);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            invocation.Log.Warning($"cannot make the link '{link}': {AtomicFile.Reason(exception)}");
        }
    }

    /// <summary>Whoever looks finds the old link or the new one, where the system can do that.</summary>
    private static void Replace(string link, string environment)
    {
        string aside = $"{link}.{Guid.NewGuid():N}";
        Directory.CreateSymbolicLink(aside, environment);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                if (new FileInfo(link).LinkTarget is not null) Directory.Delete(link);
                Directory.Move(aside, link);
            }
            else if (rename(aside, link) != 0)
            {
                // File.Move takes no link that leads to a directory.
                throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            }
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);

    /// <summary>The directory of the spec that belongs to the project; where there is none, the script's, else the working directory.</summary>
    private static string ProjectOf(Invocation invocation, ProbeResult found)
    {
        string? file = found.Origin is SpecOrigin.None or SpecOrigin.Default ? null : found.Path;
        file ??= invocation.Python.Target == PythonTarget.Script ? invocation.Python.TargetValue : null;
        return file is null ? invocation.WorkingDirectory : Path.GetDirectoryName(Path.GetFullPath(file, invocation.WorkingDirectory))!;
    }
}
