using System.Collections.Immutable;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>A kind of machine with one Python on it: what a spec is judged for, without such a machine at hand. Immutable; costly parts are made when asked for.</summary>
public sealed class SupportedPlatform
{
    private readonly Lazy<ImmutableArray<Pep425Tag>> _tags;
    private readonly Lazy<Pep425Tag> _representative;
    private readonly Lazy<HostTags> _hostTags;
    private readonly Lazy<TemplateVariables> _variables;

    /// <summary>A machine with a Python.</summary>
    public SupportedPlatform(PlatformDefinition definition, PythonMinor python)
    {
        Definition = definition;
        Python = python;
        Host = definition.Host with { Major = python.Major, Minor = python.Minor };
        _tags = new(() => SupportedTags.Generate(Host));
        _hostTags = new(() => new(Tags));
        _representative = new(() => Platforms.RepresentativeTag.Choose(Tags)!.Value);
        _variables = new(() => Platforms.TemplateVariables.FromTag(RepresentativeTag));
        Markers = new()
        {
            PythonVersion = python.ToString(),
            OsName = definition.OsName,
            SysPlatform = Host.Platform == "linux" && python.Major < 3 ? "linux2" : Host.Platform,
            PlatformSystem = definition.PlatformSystem,
            PlatformMachine = definition.PlatformMachine,
            PlatformPythonImplementation = "CPython",
            ImplementationName = "cpython",
        };
    }

    /// <summary>The machine.</summary>
    public PlatformDefinition Definition { get; }

    /// <summary>The Python.</summary>
    public PythonMinor Python { get; }

    /// <summary>The name of both, as the published list of wheels writes it: <c>manylinux-x64-py3.11</c>.</summary>
    public string Name => $"{Definition.Name}-py{Python}";

    /// <summary>The facts that decide the tags.</summary>
    public HostFacts Host { get; }

    /// <summary>The tags that <c>match_tag</c> and <c>not_match_tag</c> are held against, best first.</summary>
    public ImmutableArray<Pep425Tag> Tags => _tags.Value;

    /// <summary>The same tags, to be asked for.</summary>
    public HostTags HostTags => _hostTags.Value;

    /// <summary>A late release of the Python: the patch level is not known, and it meets bounds such as <c>&gt;=3.8.1</c>.</summary>
    internal Pep440Version LateRelease => field ??= Pep440Version.TryParse($"{Python}.99", out Pep440Version? version, out _) ? version : throw new InvalidOperationException("Numbers are a version.");

    /// <summary>The values of variables in package names, such as <c>vpython_platform</c>.</summary>
    public TemplateVariables TemplateVariables => _variables.Value;

    /// <summary>The CIPD platform that packages for it are named by.</summary>
    public CipdPlatform CipdPlatform => CipdPlatform.FromPlatformTag(RepresentativeTag.Platform)!.Value;

    /// <summary>The tag that stands for all of them.</summary>
    public Pep425Tag RepresentativeTag => _representative.Value;

    /// <summary>The values for environment markers. Patch level, kernel and build of the system are not known.</summary>
    public MarkerEnvironment Markers { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
