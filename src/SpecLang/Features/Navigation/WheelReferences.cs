using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>Where a wheel is named, in all specs.</summary>
public static class WheelReferences
{
    /// <summary>
    /// The wheels of the same distribution as the one at an offset, however its name is written: of this spec first, then of the others in their order. Each place is the
    /// distribution in the name, or the name where it is not written in one piece. None where the offset is at no wheel's name.
    /// </summary>
    /// <param name="specs">All specs, this one among them or not.</param>
    /// <param name="spec">The spec of the offset.</param>
    /// <param name="offset">The offset.</param>
    public static ImmutableArray<SpecLocation> Find(IReadOnlyList<SpecAnalysis> specs, SpecAnalysis spec, int offset)
    {
        ArgumentNullException.ThrowIfNull(specs);
        ArgumentNullException.ThrowIfNull(spec);
        if (SpecCursor.FindWheel(spec, offset)?.Package is not { } package) return [];
        return
        [
            .. from other in WithFirst(specs, spec)
            from wheel in other.Wheels
            where wheel.Package?.Distribution == package.Distribution
            select LocationOf(other, wheel),
        ];
    }

    /// <summary>All specs, one of them first, and instead of what else has its path.</summary>
    internal static IEnumerable<SpecAnalysis> WithFirst(IEnumerable<SpecAnalysis> specs, SpecAnalysis spec) =>
        specs.Where(other => other != spec && (other.Path != spec.Path || spec.Path.Length == 0)).Prepend(spec);

    /// <summary>Where a wheel is named.</summary>
    internal static SpecLocation LocationOf(SpecAnalysis spec, WheelEntry wheel) => new(spec, SpecCursor.FindStem(wheel) ?? wheel.NameSpan);
}
