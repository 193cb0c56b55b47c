namespace VPythonTools.SpecLang.Probing;

/// <summary>One step of a search.</summary>
/// <param name="Role">Why the path was looked at.</param>
/// <param name="Path">The path.</param>
/// <param name="Kind">What is there.</param>
/// <param name="Outcome">What followed.</param>
public sealed record ProbeStep(ProbeRole Role, string Path, FileKind Kind, ProbeOutcome Outcome)
{
    /// <summary>The step in words: <c>common spec /src/.vpython3: a directory, passed over</c>.</summary>
    public override string ToString() => $"{DescribeRole()} {Path}: {DescribeOutcome()}";

    private string DescribeRole() => Role switch
    {
        ProbeRole.ExplicitSpec => "spec of -vpython-spec",
        ProbeRole.Target => "target",
        ProbeRole.LinkTarget => "target behind links",
        ProbeRole.Partner => "partner spec",
        ProbeRole.PackageMarker => "package marker",
        ProbeRole.EmbeddedSpec => "embedded spec in",
        ProbeRole.CommonSpec => "common spec",
        ProbeRole.Barrier => "barrier",
        _ => "spec of VPYTHON_DEFAULT_SPEC",
    };

    private string DescribeOutcome() => Outcome switch
    {
        ProbeOutcome.Absent => "not there",
        ProbeOutcome.Found => "found",
        ProbeOutcome.PassedOver when Kind == FileKind.Directory => "a directory, passed over",
        ProbeOutcome.PassedOver when Kind == FileKind.Inaccessible => "may not be seen, passed over",
        ProbeOutcome.PassedOver when Kind == FileKind.LinkLoop => "a loop of links, passed over",
        ProbeOutcome.PassedOver => "passed over",
        ProbeOutcome.HoldsNoSpec => "has no spec",
        ProbeOutcome.EndsWalk => "ends the search",
        _ => "cannot be used",
    };
}
