using System.Collections.Immutable;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Interpreters;

/// <summary>What an interpreter said about itself when it was asked once. Enough to make environments without asking again.</summary>
public sealed record InterpreterFacts
{
    /// <summary>The absolute path of the base executable: not a shim, not a virtual environment's link.</summary>
    public required string Executable { get; init; }

    /// <summary>The installation's root: <c>sys.base_prefix</c>.</summary>
    public required string BasePrefix { get; init; }

    /// <summary>The full version, such as <c>3.11.2</c>; pre-releases as Python writes them (<c>3.14.0rc1</c>).</summary>
    public required string Version { get; init; }

    /// <summary>The third part of the version.</summary>
    public required int Micro { get; init; }

    /// <summary>What decides which wheels fit.</summary>
    public required HostFacts Host { get; init; }

    /// <summary>Where installed files go in an environment.</summary>
    public required InstallScheme Scheme { get; init; }

    /// <summary>The wheels of pip and setuptools that the interpreter brings for new environments; absolute paths, empty where it has none.</summary>
    public required ImmutableArray<string> SeedWheels { get; init; }

    /// <summary>What byte-code it reads; null where it reads none from files, or none of a form that is known here.</summary>
    public ByteCodeFormat? ByteCode { get; init; }
}
