using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Environments;

/// <summary>Makes a planned environment: fetches its packages, all at once, and installs their wheels.</summary>
/// <param name="log">Where the steps and warnings go.</param>
internal sealed class EnvironmentBuilder(Log log)
{
    /// <summary>Makes the environment in <paramref name="aside"/>, to be moved to <paramref name="final"/> when it is complete.</summary>
    public Result<BuiltEnvironment> Build(EnvironmentPlan plan, string aside, string final)
    {
        using var interruption = Interruption.Watch();
        try
        {
            return Build(plan, aside, final, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return Interruption.Failure;
        }
    }

    private Result<BuiltEnvironment> Build(EnvironmentPlan plan, string aside, string final, CancellationToken cancellation)
    {
        log.Info($"building environment {plan.Id}: Python {plan.Interpreter.Facts.Version}, {plan.Packages.Length} packages");
        var instances = new Result<InstanceFile>[plan.Packages.Length];
        var wheels = new List<WheelArchive>();
        try
        {
            FetchAll(plan, instances, cancellation);
            var failures = new List<Failure>();
            HashSet<Pep425Tag> supported = [.. SupportedTags.Generate(plan.Interpreter.Facts.Host)];
            for (int index = 0; index < instances.Length; index++)
            {
                string location = plan.Packages[index].Location;
                if (!instances[index].Then(instance => instance.OpenWheels(location)).TryGet(out ImmutableArray<WheelArchive> found, out Failure? failure))
                {
                    failures.Add(Locate(failure, location));
                    continue;
                }
                wheels.AddRange(found);
                failures.AddRange(found.Where(wheel => !wheel.Fits(supported)).Select(wheel => Unsupported(wheel, plan)));
            }
            if (failures.Count > 0) return Failure.All(failures);

            return VirtualEnvironmentBuilder.Build(new(aside, final, plan.Interpreter.Facts), wheels, cancellation).Then<BuiltEnvironment>(report =>
            {
                foreach (string warning in report.Warnings) log.Warning(warning);
                return new BuiltEnvironment(report.Warnings);
            });
        }
        finally
        {
            foreach (WheelArchive wheel in wheels) wheel.Dispose();
            foreach (Result<InstanceFile> instance in instances)
            {
                if (instance.TryGet(out InstanceFile? open, out _)) open?.Dispose();
            }
        }
    }

    /// <summary>A failure about an instance's file becomes one about the wheel of the spec; the message keeps the file.</summary>
    private static Failure Locate(Failure failure, string location) => failure.Location is null || failure.Location == location
        ? failure with { Location = location }
        : failure with { Location = location, Message = $"{failure.Message} (its file is '{failure.Location}')" };

    private static Failure Unsupported(WheelArchive wheel, EnvironmentPlan plan)
    {
        string host = plan.Tag is { } tag ? $"{tag}" : "unknown";
        return wheel.Refuse("VPY3211", $"it is for {string.Join(", ", wheel.FileName.Tags)}, and Python {plan.Interpreter.Facts.Version} here is {host}") with
        {
            NextStep = "name the package that was built for this Python; a name that ends in ${vpython_platform} does so on every machine",
        };
    }

    /// <summary>All at once: a source knows best how many it can give at a time. What was fetched is in <paramref name="instances"/> also when another one is cancelled.</summary>
    private void FetchAll(EnvironmentPlan plan, Result<InstanceFile>[] instances, CancellationToken cancellation) =>
        Task.WhenAll(plan.Packages.Select((package, index) => Task.Run(
            async () =>
            {
                log.Debug($"fetching {package.Pin}");
                instances[index] = await plan.Source!.FetchAsync(package.Pin, cancellation).ConfigureAwait(false);
            },
            CancellationToken.None))).GetAwaiter().GetResult();
}
