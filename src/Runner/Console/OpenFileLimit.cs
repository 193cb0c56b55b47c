using System.Runtime.InteropServices;

namespace VPythonTools.Runner.Console;

/// <summary>
/// The limit of open files. It shows wherever something is opened or started, and nothing of what fails then is wrong itself: a Python that cannot be started need not be installed, and a spec that cannot
/// be read need not be mended. So whatever failed is told as what it is, in one place.
/// </summary>
internal static class OpenFileLimit
{
    /// <summary>The code of the failure.</summary>
    public const string Code = "VPY3029";

    private const int TooManyInProcess = 24; // EMFILE, on every POSIX system.
    private const int TooManyInSystem = 23; // ENFILE, likewise.

    /// <summary>The failure as it is, or the one of the limit when that is the system's reason for it.</summary>
    public static Failure Explain(Failure failure)
    {
        if (OperatingSystem.IsWindows() || failure.Code == Code || Find(failure) is not { } line) return failure;
        return new(Code, $"no more files can be opened, by the limit of this process or of the system: {line}")
        {
            Location = failure.Location,
            NextStep = "'ulimit -n' shows the limit and 'ulimit -n 1024' raises it for a shell; services and containers have a setting of their own",
            ExitCode = failure.ExitCode,
        };
    }

    /// <summary>The line of a failure that has the system's words for it.</summary>
    private static string? Find(Failure failure) =>
        failure.Message.Split('\n').Concat(failure.Details.Select(detail => detail.Text)).FirstOrDefault(IsReached)?.Trim() ?? failure.Others.Select(Find).FirstOrDefault(line => line is not null);

    private static bool IsReached(string text) =>
        text.Contains(Marshal.GetPInvokeErrorMessage(TooManyInProcess), StringComparison.Ordinal) || text.Contains(Marshal.GetPInvokeErrorMessage(TooManyInSystem), StringComparison.Ordinal);
}
