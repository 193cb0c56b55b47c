using System.Collections.Immutable;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// A wheel that can be installed, wherever its files are: in its archive, or unpacked in the cache. Its names and paths, its metadata and its RECORD have been checked
/// (packaging.python.org, "Binary distribution format"; PEP 427, 491, 627).
/// </summary>
/// <remarks>
/// The compatibility tags of the file name are not looked at: a wheel for any machine can be packed on any. An environment takes those that <see cref="Fits"/>; Chrome Operations renames
/// even its binary wheels to <c>*-py2.py3-none-any.whl</c>, which fits everywhere.
/// </remarks>
public abstract class Wheel : IDisposable
{
    private protected Wheel(WheelFileName fileName, string origin, string? location)
    {
        FileName = fileName;
        Origin = origin;
        Location = location;
    }

    /// <summary>The wheel's file name.</summary>
    public WheelFileName FileName { get; }

    /// <summary>The distribution, in normalised form.</summary>
    public DistributionName Distribution => FileName.Distribution;

    /// <summary>The distribution's name as its metadata spells it.</summary>
    public string ProjectName { get; private protected init; } = "";

    /// <summary>The version as the metadata has it.</summary>
    public string Version { get; private protected init; } = "";

    /// <summary>Where the wheel came from, for messages: a path, or a package and the file in it.</summary>
    public string Origin { get; }

    /// <summary>The place that asked for the wheel, as <c>path:line:column</c> of a spec, for messages; null when none did.</summary>
    public string? Location { get; }

    /// <summary>The name of the <c>.dist-info</c> directory.</summary>
    public string DistInfo { get; private protected init; } = "";

    /// <summary>Whether the root of the wheel goes where pure Python goes; else it has native code.</summary>
    public bool RootIsPurelib { get; private protected init; }

    /// <summary>The commands that the wheel's entry points make.</summary>
    public ImmutableArray<EntryPoint> EntryPoints { get; private protected init; } = [];

    /// <summary>What the distribution needs: the values of <c>Requires-Dist</c>, as they are written.</summary>
    public ImmutableArray<string> Requirements { get; private protected init; } = [];

    /// <summary>The wheel's files with their rows of RECORD; RECORD itself and its signatures are not among them.</summary>
    internal ImmutableArray<WheelMember> Members { get; private protected init; } = [];

    /// <summary>Whether the file name has one of a host's tags.</summary>
    public bool Fits(IReadOnlySet<Pep425Tag> supported) => FileName.Tags.Any(supported.Contains);

    /// <summary>Closes what the wheel has open.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Reads a file of the wheel; its hash is not checked.</summary>
    /// <exception cref="InvalidDataException">The bytes turn out to be wrong.</exception>
    internal abstract Stream Open(WheelMember member);

    /// <summary>The failure for a wheel whose bytes turn out to be wrong while they are read.</summary>
    internal Failure Damaged(InvalidDataException exception) => Refuse("VPY3207", exception.Message);

    /// <summary>A failure about this wheel.</summary>
    internal Failure Refuse(string code, string problem) => Refuse(code, Origin, problem) with { Location = Location };

    private protected static Failure Refuse(string code, string origin, string problem) =>
        new(code, $"The wheel '{origin}' is refused: {problem}") { NextStep = NextStepFor(code) };

    /// <summary>What helps whatever the details are; null where the message says it.</summary>
    private static string? NextStepFor(string code) => code switch
    {
        "VPY3201" => "give the file the name under which the wheel was built",
        "VPY3202" => "get an undamaged wheel, or pack it again with 'wheel pack'",
        "VPY3203" or "VPY3204" => "use another build of the wheel, or build it again with a current tool, such as 'python3 -m build --wheel'",
        "VPY3207" => "get an undamaged wheel, or repack it with 'wheel unpack' and 'wheel pack'",
        "VPY3208" => "use another build of the wheel, or repack it without that file",
        _ => null,
    };
}
