namespace VPythonTools.SpecLang.Probing;

/// <summary>Why a path was looked at.</summary>
public enum ProbeRole
{
    /// <summary>The spec that was named on the command line.</summary>
    ExplicitSpec,

    /// <summary>What is to be run.</summary>
    Target,

    /// <summary>Where the links in the target's path lead.</summary>
    LinkTarget,

    /// <summary>A spec with the target's name.</summary>
    Partner,

    /// <summary><c>__init__.py</c>, which makes a directory a package.</summary>
    PackageMarker,

    /// <summary>The file that may hold a spec: the script, or <c>__main__.py</c>.</summary>
    EmbeddedSpec,

    /// <summary>A common spec.</summary>
    CommonSpec,

    /// <summary>What ends the search for a common spec.</summary>
    Barrier,

    /// <summary>The spec of <c>VPYTHON_DEFAULT_SPEC</c>.</summary>
    DefaultSpec,
}
