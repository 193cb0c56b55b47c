using System.Runtime.InteropServices;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments;

/// <summary>The failure that the environment root cannot be written to.</summary>
internal static class UnusableRoot
{
    // EPERM, EACCES and EROFS, on every POSIX system.
    private const int NotPermitted = 1;
    private const int PermissionDenied = 13;
    private const int ReadOnly = 30;
    private const string NameAnother = "name another directory with -vpython-root or VPYTHON_VIRTUALENV_ROOT";

    /// <summary>The failure, with the cause in the way rather than in the system's words where it can be seen.</summary>
    /// <param name="layout">The root.</param>
    /// <param name="exception">What the system said.</param>
    public static Failure Of(StoreLayout layout, Exception exception)
    {
        string? missing = MissingDirectory.Explain(layout.Locks);
        string reason = missing is null ? AtomicFile.Reason(exception) : IsRefusal(exception) ? $"{missing}: {AtomicFile.Reason(exception)}" : missing;
        var failure = new Failure("VPY3021", $"the environment root '{layout.Root}' cannot be used: {reason}") { NextStep = $"free space or mend its permissions, or {NameAnother}" };
        if (!Directory.Exists(layout.Environments) || !IsRefusal(exception)) return failure;
        return failure with
        {
            Message = $"{failure.Message}. The environments that are in it run all the same; this one is not among them",
            NextStep = $"have it built by who may write there ('vpython3 install SCRIPT'), or {NameAnother}",
        };
    }

    /// <summary>Whether the root may only be read: it is somebody else's, or its file system is mounted so.</summary>
    private static bool IsRefusal(Exception exception) =>
        exception is UnauthorizedAccessException
        || (!OperatingSystem.IsWindows() && Array.Exists([NotPermitted, PermissionDenied, ReadOnly], error => exception.Message.Contains(Marshal.GetPInvokeErrorMessage(error), StringComparison.Ordinal)));
}
