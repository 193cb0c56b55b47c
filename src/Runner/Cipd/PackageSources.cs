using System.Collections.Immutable;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Cipd.Service;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Cipd;

/// <summary>The places where packages can come from, by what the user calls them.</summary>
/// <param name="locations">Directories and addresses of services, the first first.</param>
/// <param name="environment">The caller's variables.</param>
/// <param name="root">The environment root, in which the cache is unless another one is named.</param>
/// <param name="log">What is said on the way.</param>
internal sealed class PackageSources(ImmutableArray<string> locations, EnvironmentBlock environment, string root, Log log)
{
    /// <summary>Whether no location can be a directory: a variable of CIPD's client names them.</summary>
    public bool AreServices { get; init; }

    /// <summary>Opens all of them as one source.</summary>
    /// <param name="trustsEarlierAnswers">Whether services may be answered for from memory.</param>
    public Result<IPackageSource> Open(bool trustsEarlierAnswers = true)
    {
        if (locations.IsEmpty) return new Failure("VPY3130", "what says where packages come from (-vpython-packages, VPYTHON_PACKAGES) names no place") { NextStep = "name directories or addresses, with a comma between two" };
        if (locations is [var only]) return Open(only, trustsEarlierAnswers);
        var sources = ImmutableArray.CreateBuilder<IPackageSource>(locations.Length);
        foreach (string location in locations)
        {
            if (!Open(location, trustsEarlierAnswers).TryGet(out IPackageSource? source, out Failure? failure)) return failure;
            sources.Add(source);
        }
        return new StackedSources(sources.DrainToImmutable());
    }

    /// <summary>The address of a service that somebody named as the place of packages.</summary>
    public static Result<ServiceAddress> ReadAddress(string location) => ServiceAddress.TryParse(location, out ServiceAddress? address, out string? fault)
        ? address
        : new Failure("VPY3130", $"'{AddressText.Of(location)}' cannot be a CIPD service: it {fault}") { NextStep = "name it as scheme://host, such as https://chrome-infra-packages.appspot.com" };

    private Result<IPackageSource> Open(string location, bool trustsEarlierAnswers)
    {
        if (!AreServices && !ServiceAddress.IsAddress(location)) return PackageDirectory.Open(location).TryGet(out PackageDirectory? directory, out Failure? noDirectory) ? directory : noDirectory;
        return ReadAddress(location).Then(address => CipdSettings.Read(environment, root).Then(settings => PackageService.Open(settings, address, log, trustsEarlierAnswers)))
            .TryGet(out PackageService? service, out Failure? failure)
            ? service
            : failure;
    }
}
