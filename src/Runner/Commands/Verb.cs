using System.CommandLine;

namespace VPythonTools.Runner.Commands;

/// <summary>A verb: something that this program does other than running Python.</summary>
/// <param name="Name">Its word on the command line.</param>
/// <param name="Description">What it does, in one line.</param>
/// <param name="Create">Makes its command for an invocation.</param>
/// <param name="Arrange">Puts its arguments into an order that its command can parse; null where any order will do.</param>
/// <param name="FailureExitCode">What it ends with when it cannot do its job, such as when the disk is full; 2 where 1 is an answer.</param>
internal sealed record Verb(
    string Name,
    string Description,
    Func<Invocation, Command> Create,
    Func<IReadOnlyList<string>, IReadOnlyList<string>>? Arrange = null,
    int FailureExitCode = 1);
