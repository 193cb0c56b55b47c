namespace VPythonTools.SpecLang.Probing;

/// <summary>By which rule a spec was found.</summary>
public enum SpecOrigin
{
    /// <summary>None was: the script runs without packages.</summary>
    None,

    /// <summary>It was named on the command line.</summary>
    Explicit,

    /// <summary>It lies beside the script and has its name, as the script was named on the command line.</summary>
    Partner,

    /// <summary>It lies beside the file that the script's link leads to, and has that file's name.</summary>
    PartnerOfLinkTarget,

    /// <summary>It is in the script.</summary>
    Embedded,

    /// <summary>It is a common spec, in the script's directory or one above.</summary>
    Common,

    /// <summary>It is the one of <c>VPYTHON_DEFAULT_SPEC</c>.</summary>
    Default,
}
