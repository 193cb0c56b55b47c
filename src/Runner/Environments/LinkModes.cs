using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// How files come from the cache to an environment. Reflinks, and copies where there are none: an environment belongs to its script, which may write to any file of it, and a hard link would hand
/// that on to the cache and to every other environment. Read-only files do not help: their owner may make them writable, and the superuser need not. Who knows that no script does so can ask
/// for hard links and save the space.
/// </summary>
/// <param name="First">What is tried first.</param>
internal sealed record LinkModes(LinkMode First)
{
    /// <summary>The variable that asks for another way.</summary>
    public const string Variable = "VPYTHON_LINK_MODE";

    /// <summary>The way that the caller asks for; else the default.</summary>
    public static Result<LinkModes> Choose(EnvironmentBlock environment) => environment.NonEmpty(Variable) switch
    {
        null or "reflink" => new LinkModes(LinkMode.Reflink),
        "hardlink" => new LinkModes(LinkMode.HardLink),
        "copy" => new LinkModes(LinkMode.Copy),
        var other => new Failure("VPY3045", $"{Variable} is '{other}', which is no way to make files; known are reflink, hardlink and copy") { NextStep = $"correct {Variable}, or unset it" },
    };
}
