using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Wheels;
using Xunit;

namespace VPythonTools.Runner.Tests.Wheels;

/// <summary>Installs wheels straight from their archives, without a cache.</summary>
internal static class Installation
{
    /// <summary>Installs wheels into an environment that is there.</summary>
    public static Result<InstallReport> Install(IReadOnlyList<Wheel> wheels, InstallTarget target) =>
        WheelInstaller.Install(wheels, target, new(LinkMode.Copy, Silent), TestContext.Current.CancellationToken);

    /// <summary>Makes an environment.</summary>
    public static Result<InstallReport> Build(InstallTarget target, IReadOnlyList<Wheel> wheels, LinkMode mode = LinkMode.Copy) =>
        VirtualEnvironmentBuilder.Build(target, wheels, path => WheelArchive.Open(path).Then<Wheel>(wheel => wheel), new(mode, Silent), TestContext.Current.CancellationToken);

    private static Log Silent { get; } = new(LogLevel.Error);
}
