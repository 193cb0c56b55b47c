using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Wheels;

namespace VPythonTools.Runner.Environments;

/// <summary>Makes a planned environment: fetches its packages, all at once, and installs their wheels.</summary>
/// <param name="log">Where the steps and warnings go.</param>
internal sealed class EnvironmentBuilder(Log log)
{
    /// <summary>Makes the environment in <paramref name="aside"/>, to be moved to <paramref name="final"/> when it is complete.</summary>
    public Result<BuiltEnvironment> Build(EnvironmentPlan plan, string aside, string final)
    {
        log.Info($"building environment {plan.Id}: Python {plan.Interpreter.Facts.Version}, {plan.Packages.Length} packages");
        var instances = new Result<InstanceFile>[plan.Packages.Length];
        var wheels = new List<WheelArchive>();
        try
        {
            Parallel.For(0, instances.Length, index => instances[index] = Fetch(plan.Source!, plan.Packages[index]));
            var failures = new List<Failure>();
            for (int index = 0; index < instances.Length; index++)
            {
                Result<ImmutableArray<WheelArchive>> opened = instances[index].Then(instance => instance.OpenWheels());
                if (opened.TryGet(out ImmutableArray<WheelArchive> found, out Failure? failure)) wheels.AddRange(found);
                else failures.Add(failure with { Location = failure.Location ?? plan.Packages[index].Location });
            }
            if (failures.Count > 0) return Failure.All(failures);

            return VirtualEnvironmentBuilder.Build(new(aside, final, plan.Interpreter.Facts), wheels).Then<BuiltEnvironment>(report =>
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
                if (instance.TryGet(out InstanceFile? open, out _)) open.Dispose();
            }
        }
    }

    private Result<InstanceFile> Fetch(IPackageSource source, PlannedPackage package)
    {
        log.Debug($"fetching {package.Pin}");
        return source.FetchAsync(package.Pin, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }
}
