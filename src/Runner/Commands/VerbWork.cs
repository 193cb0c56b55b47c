using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Commands;

/// <summary>Work of a verb that asks and fetches: it ends at once when it is interrupted.</summary>
internal static class VerbWork
{
    /// <summary>Does the work to its end.</summary>
    public static Result<T> Run<T>(Func<CancellationToken, Task<Result<T>>> work)
        where T : notnull
    {
        using var interruption = Interruption.Watch();
        try
        {
            return work(interruption.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return Interruption.Failure;
        }
    }
}
