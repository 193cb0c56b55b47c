using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Environments;

/// <summary>What the caller's variables say of how environments are built. They decide nothing about which environment a script gets.</summary>
/// <param name="Links">How files come from the cache to an environment.</param>
/// <param name="IsStrict">Whether a warning of a build is an error.</param>
internal sealed record BuildSettings(LinkModes Links, bool IsStrict)
{
    /// <summary>The variable that makes errors of the warnings of a build.</summary>
    public const string StrictVariable = "VPYTHON_STRICT";

    /// <summary>Reads the variables; a failure when one has a value that means nothing: who asks for something is told when he does not get it.</summary>
    public static Result<BuildSettings> Read(EnvironmentBlock environment) =>
        LinkModes.Choose(environment).Then(links => ReadStrict(environment).Then<BuildSettings>(isStrict => new BuildSettings(links, isStrict)));

    private static Result<bool> ReadStrict(EnvironmentBlock environment) => environment.NonEmpty(StrictVariable)?.ToLowerInvariant() switch
    {
        null or "0" or "false" or "no" or "off" => false,
        "1" or "true" or "yes" or "on" => true,
        var other => new Failure("VPY3047", $"{StrictVariable} is '{other}', which is neither yes nor no") { NextStep = $"set {StrictVariable} to 1 or 0, or unset it" },
    };
}
