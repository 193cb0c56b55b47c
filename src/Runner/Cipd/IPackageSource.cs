using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>
/// Where packages come from: a directory, a service, or a cache in front of another source. A source is used by many tasks at once; one
/// that has its answer at hand gives a completed task.
/// </summary>
public interface IPackageSource
{
    /// <summary>The source as messages name it, such as <c>package directory 'samples/packages'</c>.</summary>
    string Description { get; }

    /// <summary>
    /// Finds the instance that a version means. Fails when there is no such package, no such version, or when a tag means several
    /// instances.
    /// </summary>
    ValueTask<Result<PackagePin>> ResolveAsync(PackageName name, CipdVersion version, CancellationToken cancellation);

    /// <summary>
    /// Opens an instance whose bytes have been checked against its pin; the caller disposes it when its wheels are installed.
    /// </summary>
    ValueTask<Result<InstanceFile>> FetchAsync(PackagePin pin, CancellationToken cancellation);
}
