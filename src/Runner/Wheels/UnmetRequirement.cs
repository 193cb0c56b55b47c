using System.Collections.Immutable;
using System.Globalization;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Wheels;

/// <summary>Something that a wheel needs and that an environment will not have: <c>Requires-Dist</c>, as far as its markers apply (PEP 508).</summary>
/// <param name="Wheel">The wheel.</param>
/// <param name="Requirement">What it needs.</param>
/// <param name="Present">The version that the environment has instead; null when it has none.</param>
internal sealed record UnmetRequirement(Wheel Wheel, DistributionRequirement Requirement, string? Present)
{
    /// <summary>Requirements that are not met, in the order of the wheels. A requirement that cannot be read, or a marker that cannot be decided, is taken for met.</summary>
    /// <param name="wheels">The wheels of an environment.</param>
    /// <param name="others">What it has besides.</param>
    /// <param name="markers">The environment.</param>
    public static ImmutableArray<UnmetRequirement> Find(IReadOnlyList<Wheel> wheels, IReadOnlyList<WheelFileName> others, MarkerEnvironment markers)
    {
        var versions = new Dictionary<DistributionName, string>();
        foreach (WheelFileName other in others) versions[other.Distribution] = other.Version;
        foreach (Wheel wheel in wheels) versions[wheel.Distribution] = wheel.Version;
        (Wheel Wheel, DistributionRequirement Requirement)[] all =
        [
            .. from wheel in wheels
               from text in wheel.Requirements
               let requirement = DistributionRequirement.TryParse(text, out DistributionRequirement? parsed, out _) ? parsed : null
               where requirement is not null
               select (wheel, requirement),
        ];
        Dictionary<DistributionName, HashSet<string>> extras = FindExtras(all, markers);
        return
        [
            .. from need in all
               where need.Requirement.AppliesTo(markers, extras.GetValueOrDefault(need.Wheel.Distribution) ?? []) == true
               let present = versions.GetValueOrDefault(need.Requirement.Name)
               where present is null || !Admits(need.Requirement, present)
               select new UnmetRequirement(need.Wheel, need.Requirement, present),
        ];
    }

    /// <summary>What markers ask for, as far as an interpreter said it.</summary>
    public static MarkerEnvironment MarkersOf(InterpreterFacts facts)
    {
        HostFacts host = facts.Host;
        string version = string.Create(CultureInfo.InvariantCulture, $"{host.Major}.{host.Minor}");
        return new()
        {
            PythonVersion = version,
            PythonFullVersion = facts.Version,
            OsName = host.Platform == "win32" ? "nt" : "posix",
            SysPlatform = host.Platform,
            PlatformSystem = host.Platform switch { "win32" => "Windows", "darwin" => "Darwin", "linux" => "Linux", _ => null },
            // Windows says AMD64 where the others say x86_64.
            PlatformMachine = host.Platform == "win32" ? host.Machine.ToUpperInvariant() : host.Machine,
            PlatformPythonImplementation = host.Implementation switch { "cpython" => "CPython", "pypy" => "PyPy", _ => null },
            ImplementationName = host.Implementation,
            ImplementationVersion = host.Implementation == "cpython" ? facts.Version : null,
        };
    }

    /// <summary>Such as <c>requests 2.28.1 needs urllib3&lt;1.27, and there is urllib3 2.0</c>.</summary>
    public override string ToString()
    {
        string need = Requirement with { Marker = null } is var bare ? bare.ToString() : "";
        string state = Present is null ? "no wheel of the spec is of it" : $"the spec has {Present}";
        return $"{Wheel.ProjectName} {Wheel.Version} needs {need}: {state}";
    }

    /// <summary>Which extras of each distribution others ask for; what an extra brings may ask for more.</summary>
    private static Dictionary<DistributionName, HashSet<string>> FindExtras((Wheel Wheel, DistributionRequirement Requirement)[] needs, MarkerEnvironment markers)
    {
        var extras = new Dictionary<DistributionName, HashSet<string>>();
        bool isComplete;
        do
        {
            isComplete = true;
            foreach ((Wheel wheel, DistributionRequirement requirement) in needs)
            {
                if (requirement.Extras.IsEmpty || requirement.AppliesTo(markers, extras.GetValueOrDefault(wheel.Distribution) ?? []) != true) continue;
                if (!extras.TryGetValue(requirement.Name, out HashSet<string>? wanted)) extras.Add(requirement.Name, wanted = new(StringComparer.Ordinal));
                foreach (string extra in requirement.Extras) isComplete &= !wanted.Add(extra);
            }
        }
        while (!isComplete);
        return extras;
    }

    private static bool Admits(DistributionRequirement requirement, string version) =>
        requirement.Url is not null || !Pep440Version.TryParse(version, out Pep440Version? parsed, out _) || requirement.Versions.AdmitsPinned(parsed);
}
