namespace VPythonTools.SpecLang.Probing;

/// <summary>The rules by which specs are found, in words.</summary>
public static class SpecOriginText
{
    /// <summary>Why a spec is the one that a script gets.</summary>
    public static string WhyOf(SpecOrigin origin) => origin switch
    {
        SpecOrigin.Explicit => "named by -vpython-spec",
        SpecOrigin.Partner => "its name is that of the script and .vpython3",
        SpecOrigin.PartnerOfLinkTarget => "the script is a link, and the spec's name is that of what the link leads to and .vpython3",
        SpecOrigin.Embedded => "it is in the script, between [VPYTHON:BEGIN] and [VPYTHON:END]",
        SpecOrigin.Common => "the nearest .vpython3 from the script's directory upwards",
        SpecOrigin.Default => "nothing else was found, and VPYTHON_DEFAULT_SPEC names it",
        _ => "nothing was found: an environment without packages",
    };
}
