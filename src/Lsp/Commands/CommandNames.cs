namespace VPythonTools.Lsp.Commands;

/// <summary>The commands that code lenses and clients name.</summary>
internal static class CommandNames
{
    /// <summary>Tells which spec a script gets, and why.</summary>
    public const string ExplainSpec = "vpython.explainSpec";

    /// <summary>Looks whether the environment of a script or spec is there.</summary>
    public const string ShowEnvironment = "vpython.showEnvironment";

    /// <summary>Makes the environment of a script or spec.</summary>
    public const string InstallEnvironment = "vpython.installEnvironment";

    /// <summary>Tells the interpreter of the environment of a script or spec.</summary>
    public const string InterpreterPath = "vpython.interpreterPath";

    /// <summary>Brings the catalogue up to date.</summary>
    public const string RefreshCatalogue = "vpython.refreshCatalogue";

    /// <summary>Writes the newest versions of all wheels of a spec.</summary>
    public const string UpgradeWheels = "vpython.upgradeWheels";

    /// <summary>Runs a script in a terminal: a command of the client, which the server only names where the client has it.</summary>
    public const string RunScript = "vpython.runScript";

    /// <summary>Those that the server runs.</summary>
    public static IReadOnlyList<string> OfServer { get; } = [ExplainSpec, ShowEnvironment, InstallEnvironment, InterpreterPath, RefreshCatalogue, UpgradeWheels];
}
