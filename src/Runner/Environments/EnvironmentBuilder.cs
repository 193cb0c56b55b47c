using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// Makes a planned environment: takes its wheels from the cache, fetches, unpacks and compiles those that are not there, all at once, and puts their files together.
/// </summary>
/// <param name="layout">Where the cache is.</param>
/// <param name="environment">The caller's variables.</param>
/// <param name="log">Where the steps and warnings go.</param>
internal sealed class EnvironmentBuilder(StoreLayout layout, EnvironmentBlock environment, Log log)
{
    /// <summary>The variable that makes errors of the warnings of a build.</summary>
    private const string StrictVariable = "VPYTHON_STRICT";

    private static readonly TimeSpan WorthALine = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WorthANotice = TimeSpan.FromSeconds(30);

    private readonly UnpackedWheelCache _cache = new(layout.Wheels, log);

    /// <summary>Makes the environment in <paramref name="aside"/>, to be moved to <paramref name="final"/> when it is complete.</summary>
    public Result<BuiltEnvironment> Build(EnvironmentPlan plan, string aside, string final)
    {
        using var interruption = Interruption.Watch();
        try
        {
            if (!LinkModes.Choose(environment).TryGet(out LinkModes? modes, out Failure? failure)) return failure;
            var cloner = new FileCloner(modes.First, log);
            using FileLock use = _cache.Use();
            log.Activity.Begin(plan.Packages.Length);
            using var shown = ActivityLine.Start(log.Activity.Describe, WorthALine, WorthANotice);
            Result<BuiltEnvironment> built = Build(plan, aside, final, cloner, interruption.Token);
            if (built.Failure?.Code != WheelInstaller.DamagedCache) return built;

            // The damaged wheel is gone from the cache by now; what was made of it goes too.
            log.Warning($"{built.Failure.Message}; it is unpacked anew [{WheelInstaller.DamagedCache}]");
            Directory.Delete(aside, recursive: true);
            Directory.CreateDirectory(aside);
            return Build(plan, aside, final, cloner, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return Interruption.Failure;
        }
    }

    /// <summary>Whether what the cache has is read and compared first, and fetched again where it is damaged: for whoever has seen that an environment made from it is.</summary>
    public bool ComparesCache { get; init; }

    private bool IsStrict => environment[StrictVariable] == "1";

    private Result<BuiltEnvironment> Build(EnvironmentPlan plan, string aside, string final, FileCloner cloner, CancellationToken cancellation)
    {
        InterpreterFacts facts = plan.Interpreter.Facts;
        log.Info($"building environment {plan.Id}: Python {facts.Version}, {plan.Packages.Length} packages");
        // What comes with the interpreter is looked up beside the rest; whether it is wanted shows when the wheels are known.
        using var seeds = new SeedWheels(facts.SeedWheels, path => OpenSeed(path, cancellation));
        if (!GatherAsync(plan, cancellation).GetAwaiter().GetResult().TryGet(out WheelSet? gathered, out Failure? failure)) return failure;
        if (FindUnmet(gathered, facts) is { } unmet)
        {
            if (IsStrict) return unmet;
            log.Warning(unmet.Warning);
        }
        Result<InstallReport> installed = VirtualEnvironmentBuilder.Build(new(aside, final, facts), gathered.Wheels, seeds.Open, cloner, cancellation);
        if (installed.Failure?.Code == WheelInstaller.DamagedCache) ForgetDamaged(gathered, facts, cancellation);
        return installed.Then<BuiltEnvironment>(report =>
        {
            if (IsStrict && report.Warnings is [var first, ..])
                return new Failure(WheelInstaller.FilesDiffer, first.Replace($" [{WheelInstaller.FilesDiffer}]", "", StringComparison.Ordinal)) { NextStep = $"remove one of the two wheels from the spec; without {StrictVariable} this is a warning" };
            foreach (string warning in report.Warnings) log.Warning(warning);
            return new BuiltEnvironment(report.Warnings);
        });
    }

    /// <summary>The wheels of all packages, unpacked and compiled, in the order of the plan; else every failure.</summary>
    private async Task<Result<WheelSet>> GatherAsync(EnvironmentPlan plan, CancellationToken cancellation)
    {
        InterpreterFacts facts = plan.Interpreter.Facts;
        using var compiler = new ByteCodeCompiler(facts.Executable, environment, log);
        HashSet<Pep425Tag> supported = [.. SupportedTags.Generate(facts.Host)];
        Result<WheelSet>[] gathered = await Task.WhenAll(plan.Packages.Select(package =>
            Task.Run(() => GatherAsync(plan, package, supported, compiler, cancellation), CancellationToken.None))).ConfigureAwait(false);
        Failure[] failures = [.. gathered.Select(package => package.Failure).OfType<Failure>()];
        if (failures.Length > 0) return Failure.All(failures);
        return new WheelSet([.. gathered.SelectMany(package => package.TryGet(out WheelSet? wheels, out _) ? wheels.Wheels : [])]);
    }

    private async Task<Result<WheelSet>> GatherAsync(
        EnvironmentPlan plan, PlannedPackage package, HashSet<Pep425Tag> supported, ByteCodeCompiler compiler, CancellationToken cancellation)
    {
        Result<WheelSet> gathered = await GatherOnceAsync(plan, package, supported, compiler, cancellation).ConfigureAwait(false);
        if (!ComparesCache || !gathered.TryGet(out WheelSet? wheels, out _)) return gathered;
        UnpackedWheel[] damaged = [.. wheels.Wheels.Where(static wheel => wheel.FindDamage() is not null || wheel.ByteCode?.FindDamage() is not null)];
        foreach (UnpackedWheel wheel in damaged) await _cache.ForgetAsync(wheel, cancellation).ConfigureAwait(false);
        return damaged.Length == 0 ? gathered : await GatherOnceAsync(plan, package, supported, compiler, cancellation).ConfigureAwait(false);
    }

    private async Task<Result<WheelSet>> GatherOnceAsync(
        EnvironmentPlan plan, PlannedPackage package, HashSet<Pep425Tag> supported, ByteCodeCompiler compiler, CancellationToken cancellation)
    {
        Result<WheelSet> unpacked = await ObtainAsync(plan, package, supported, cancellation).ConfigureAwait(false);
        if (!unpacked.TryGet(out WheelSet? wheels, out _) || plan.Interpreter.Facts.ByteCode is not { } format) return unpacked;
        string interpreter = UnpackedWheelCache.NameOf(plan.Interpreter.Facts, plan.Interpreter.Executable, format);
        WheelSet compiled = new([.. await Task.WhenAll(wheels.Wheels.Select(wheel => _cache.CompileAsync(wheel, interpreter, format, compiler, cancellation))).ConfigureAwait(false)]);
        log.Activity.Finished();
        return compiled;
    }

    /// <summary>The unpacked wheels of a package. What the cache has needs neither the package nor its source.</summary>
    private async Task<Result<WheelSet>> ObtainAsync(EnvironmentPlan plan, PlannedPackage package, HashSet<Pep425Tag> supported, CancellationToken cancellation)
    {
        string key = UnpackedWheelCache.KeyOf(package.Pin);
        if (_cache.Find(key, file => $"{package.Pin.Name} ({file})", package.Location) is { } known)
        {
            UnpackedWheel? foreign = known.FirstOrDefault(wheel => !wheel.Fits(supported));
            return foreign is null ? new WheelSet(known) : Unsupported(foreign, plan);
        }

        log.Debug($"fetching {package.Pin}");
        Result<InstanceFile> fetched = await plan.Source!.FetchAsync(package.Pin, cancellation).ConfigureAwait(false);
        if (!fetched.TryGet(out InstanceFile? instance, out Failure? failure)) return Describe(Locate(failure, package.Location), plan, package);
        using (instance)
        {
            if (!instance.OpenWheels(package.Location).TryGet(out ImmutableArray<WheelArchive> archives, out failure)) return Locate(failure, package.Location);
            WheelArchive? foreign = archives.FirstOrDefault(wheel => !wheel.Fits(supported));
            if (foreign is not null) return Unsupported(foreign, plan);
            var wheels = ImmutableArray.CreateBuilder<UnpackedWheel>(archives.Length);
            foreach (WheelArchive archive in archives)
            {
                if (!(await _cache.UnpackAsync(archive, cancellation).ConfigureAwait(false)).TryGet(out UnpackedWheel? wheel, out failure)) return Locate(failure, package.Location);
                wheels.Add(wheel);
            }
            _cache.Remember(key, wheels);
            return new WheelSet(wheels.DrainToImmutable());
        }
    }

    /// <summary>
    /// A wheel that an interpreter brings. It gets no byte-code in advance: a script does not import pip, and to compile pip takes longer than all else together. Python writes it when
    /// pip is first used in an environment.
    /// </summary>
    private Result<Wheel> OpenSeed(string path, CancellationToken cancellation)
    {
        string key = UnpackedWheelCache.KeyOf(path, FileFingerprint.Of(path));
        if (_cache.Find(key, _ => path, location: null) is [var known])
        {
            if (!ComparesCache || known.FindDamage() is null) return known;
            _cache.ForgetAsync(known, cancellation).GetAwaiter().GetResult();
        }
        if (!WheelArchive.Open(path).TryGet(out WheelArchive? archive, out Failure? failure)) return failure;
        using (archive)
        {
            if (!_cache.UnpackAsync(archive, cancellation).GetAwaiter().GetResult().TryGet(out UnpackedWheel? wheel, out failure)) return failure;
            _cache.Remember(key, [wheel]);
            return wheel;
        }
    }

    /// <summary>What the wheels need and the environment will not have; null when there is nothing.</summary>
    private static Failure? FindUnmet(WheelSet gathered, InterpreterFacts facts)
    {
        var seeds = facts.SeedWheels.Select(path => WheelFileName.TryParse(Path.GetFileName(path), out WheelFileName? name, out _) ? name : null).OfType<WheelFileName>();
        ImmutableArray<UnmetRequirement> unmet = UnmetRequirement.Find(gathered.Wheels, [.. seeds], UnmetRequirement.MarkersOf(facts));
        if (unmet.IsEmpty) return null;
        string lines = string.Concat(unmet.Select(requirement => $"\n    {requirement}"));
        string names = string.Join(' ', unmet.Select(requirement => requirement.Requirement.Name.Value).Distinct());
        return new("VPY3222", $"The wheels of the spec need what the environment does not have:{lines}")
        {
            Location = unmet[0].Wheel.Location,
            NextStep = $"'vpython3 add SPEC {names}' finds the wheels and adds them",
        };
    }

    private void ForgetDamaged(WheelSet gathered, InterpreterFacts facts, CancellationToken cancellation)
    {
        IEnumerable<UnpackedWheel> seeds = facts.SeedWheels.SelectMany(path => _cache.Find(UnpackedWheelCache.KeyOf(path, FileFingerprint.Of(path)), _ => path, null) ?? []);
        foreach (UnpackedWheel wheel in gathered.Wheels.Concat(seeds)) _cache.ForgetAsync(wheel, cancellation).GetAwaiter().GetResult();
    }

    /// <summary>What failed, for whom, and who was asked.</summary>
    private static Failure Describe(Failure failure, EnvironmentPlan plan, PlannedPackage package) => failure with
    {
        Details =
        [
            ("wheel", $"{package.Pin.Name} {package.Version} ({package.Pin.Instance})"),
            ("platform", EnvironmentPlanner.DescribePlatform(plan.Interpreter, plan.Tag)),
            ("tried", plan.Source!.Description),
            .. failure.Details,
        ],
    };

    /// <summary>A failure about an instance's file becomes one about the wheel of the spec; the message keeps the file.</summary>
    private static Failure Locate(Failure failure, string location) => failure.Location is null || failure.Location == location
        ? failure with { Location = location }
        : failure with { Location = location, Message = $"{failure.Message} (its file is '{failure.Location}')" };

    private static Failure Unsupported(Wheel wheel, EnvironmentPlan plan)
    {
        string host = plan.Tag is { } tag ? $"{tag}" : "unknown";
        return wheel.Refuse("VPY3211", $"it is for {string.Join(", ", wheel.FileName.Tags)}, and Python {plan.Interpreter.Facts.Version} here is {host}") with
        {
            NextStep = "name the package that was built for this Python; a name that ends in ${vpython_platform} does so on every machine",
        };
    }

    private sealed record WheelSet(ImmutableArray<UnpackedWheel> Wheels);
}
