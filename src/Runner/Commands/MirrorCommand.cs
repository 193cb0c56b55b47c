using System.Collections.Immutable;
using System.CommandLine;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Commands;

/// <summary>Makes package directories that hold all that specs need, for machines without a network.</summary>
internal static class MirrorCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("mirror", "copy what specs need into a package directory, for use offline", Create);

    private static Command Create(Invocation invocation) =>
        new(Verb.Name, "Makes package directories that hold all that specs need, for machines without a network.") { CreatePull(invocation), CreateVerify(invocation) };

    private static Command CreatePull(Invocation invocation)
    {
        var to = new Option<string>("--to") { Description = "The package directory; made when it is missing.", HelpName = "DIR", Required = true };
        var platforms = new Option<string[]>("--platform") { Description = "A platform that the directory is for, in place of the specs' own; may be repeated.", HelpName = "PLATFORM" };
        Argument<string[]> files = SpecInputs.Create();
        var command = new Command("pull", "Fetches everything that the specs need on the platforms into a package directory. What is there already is checked and not fetched again.") { to, platforms, files };
        command.SetAction(parsed => Verbs.Finish(Pull(invocation, parsed.GetValue(to)!, parsed.GetValue(platforms) ?? [], parsed.GetValue(files) ?? [])));
        return command;
    }

    private static Command CreateVerify(Invocation invocation)
    {
        var directory = new Argument<string>("DIR") { Description = "The package directory." };
        var command = new Command("verify", "Hashes every instance of a package directory again, and looks into its archive.") { directory };
        command.SetAction(parsed => Verbs.Finish(new PackageMirror(Path.GetFullPath(parsed.GetValue(directory)!, invocation.WorkingDirectory)).Verify().Then<int>(count =>
        {
            StandardStreams.WriteOutput($"{count} instances, all sound\n");
            return 0;
        })));
        return command;
    }

    private static Result<int> Pull(Invocation invocation, string to, string[] platformNames, string[] files)
    {
        if (string.IsNullOrWhiteSpace(to)) return new Failure("VPY3005", "--to: the path of the package directory is empty") { ExitCode = 2 };
        if (!SpecDemand.ReadPlatforms(platformNames).TryGet(out ImmutableArray<TargetPlatform> platforms, out Failure? failure)
            || !SpecInputs.Read(invocation, files).TryGet(out ImmutableArray<BoundSpec> specs, out failure)
            || !SpecDemand.Of(specs, platforms).TryGet(out SpecDemand? demand, out failure)
            || !invocation.Packages.Open().TryGet(out IPackageSource? source, out failure))
            return failure;
        return VerbWork.Run<int>(async cancellation =>
        {
            ImmutableArray<(DemandedPackage Package, Result<PackagePin> Pin)> answers = await demand.ResolveAsync(source, cancellation).ConfigureAwait(false);
            Failure[] failures = [.. answers.Where(answer => answer.Pin.Failure is not null).Select(answer => answer.Pin.Failure! with { Location = answer.Package.Places[0].Name })];
            if (failures.Length > 0) return Failure.All(failures);
            (PackagePin Pin, CipdVersion Version)[] packages = [.. answers.Select(answer => (answer.Pin.TryGet(out PackagePin pin, out _) ? pin : default, answer.Package.Version))];
            Result<int> pulled = await new PackageMirror(Path.GetFullPath(to, invocation.WorkingDirectory)).PullAsync(source, packages, cancellation).ConfigureAwait(false);
            return pulled.Then<int>(count =>
            {
                StandardStreams.WriteOutput($"{packages.Length} packages, {count} of them fetched\n");
                return 0;
            });
        });
    }
}
