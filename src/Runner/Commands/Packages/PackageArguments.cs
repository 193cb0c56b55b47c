using System.CommandLine;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Commands.Packages;

/// <summary>The arguments that name an instance of a package, and what they mean.</summary>
internal static class PackageArguments
{
    /// <summary>The arguments NAME and VERSION.</summary>
    public static (Argument<string> Name, Argument<string> Version) Create() => (
        new("NAME") { Description = "The CIPD name of the package." },
        new("VERSION") { Description = "A tag (key:value), a ref or an instance ID.", DefaultValueFactory = _ => "latest" });

    /// <summary>Does what is to be done with the instance that the arguments mean, in the source that is configured.</summary>
    public static Result<int> WithPin(Invocation invocation, string name, string version, Func<IPackageSource, PackagePin, CancellationToken, Task<Result<int>>> work)
    {
        if (!PackageName.TryParse(name, out PackageName package, out string? error)) return new Failure("VPY3005", error) { ExitCode = 2 };
        if (!CipdVersion.TryParse(version, out CipdVersion wanted, out error)) return new Failure("VPY3005", error) { ExitCode = 2 };
        if (!invocation.Packages.Open().TryGet(out IPackageSource? source, out Failure? failure)) return failure;
        return VerbWork.Run<int>(async cancellation =>
            (await source.ResolveAsync(package, wanted, cancellation).ConfigureAwait(false)).TryGet(out PackagePin pin, out Failure? missing)
                ? await work(source, pin, cancellation).ConfigureAwait(false)
                : missing);
    }
}
