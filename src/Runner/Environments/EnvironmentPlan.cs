using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Environments;

/// <summary>An environment before it exists: everything that decides what will be in it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Interpreter">The chosen interpreter.</param>
/// <param name="Tag">The tag that stands for the host in templates; null where the host has none.</param>
/// <param name="Packages">The packages, sorted by name.</param>
public sealed record EnvironmentPlan(string Id, InterpreterSelection Interpreter, Pep425Tag? Tag, ImmutableArray<PlannedPackage> Packages)
{
    /// <summary>Where the packages come from; null only when there are none.</summary>
    public IPackageSource? Source { get; init; }

    /// <summary>The path of its Python, relative to the environment.</summary>
    public string Python => Path.Combine(Interpreter.Facts.Scheme.Scripts, OperatingSystem.IsWindows() ? "python.exe" : "python3");
}
