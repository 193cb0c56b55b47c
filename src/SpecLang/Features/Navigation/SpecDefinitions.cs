using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>Where what is at the cursor comes from.</summary>
public static class SpecDefinitions
{
    private static readonly string CommonName = SpecFamily.TextFormat.CommonNames[0];

    /// <summary>
    /// Of a wheel: the same wheel in the nearest common spec above, which other specs copy from; the wheel itself where there is none, or the spec is that one. Of a guard:
    /// and of the first line of a script that <c>vpython3</c> runs: the spec that the script gets, which another file may hold. Of a path in a comment: the file. Of the first line of a spec:
    /// the scripts that get it, as far as they are known without a search. None elsewhere.
    /// </summary>
    /// <param name="specs">All specs.</param>
    /// <param name="spec">The spec of the offset.</param>
    /// <param name="offset">The offset.</param>
    public static ImmutableArray<FileLocation> Find(IReadOnlyList<SpecAnalysis> specs, SpecAnalysis spec, int offset)
    {
        ArgumentNullException.ThrowIfNull(specs);
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Text.GetLine(Math.Clamp(offset, 0, spec.Text.Length)) == 0 && ScriptStart.FindRunner(spec.Document) is not null) return OfScript(spec, spec.Text.GetLineSpan(0));
        if (spec.Document.Region is not { } region) return [];
        TextSpan? guard = region.BeginGuard is { } begin && begin.Touches(offset) ? begin : region.EndGuard is { } end && end.Touches(offset) ? end : null;
        if (guard is { } touched) return OfScript(spec, touched);
        if (SpecCursor.FindWheel(spec, offset) is { } wheel) return OfWheel(specs, spec, wheel);
        ImmutableArray<FileLocation> named = [.. CommentPaths.At(spec, offset).Select(static found => new FileLocation(found.Target, null, found.Span))];
        if (!named.IsEmpty || region.IsEmbedded || spec.Text.GetLine(Math.Clamp(offset, 0, spec.Text.Length)) > 0) return named;
        return [.. SpecScripts.Of(spec).Where(script => spec.Host.Files.GetKind(script) == FileKind.File).Select(script => new FileLocation(script, null, spec.Text.GetLineSpan(0)))];
    }

    private static ImmutableArray<FileLocation> OfScript(SpecAnalysis script, TextSpan origin) =>
        EffectiveSpec.Of(script.Host.Files, script.Path) is { Path: { } path } effective ? [new(path, effective.Guard, origin)] : [];

    private static ImmutableArray<FileLocation> OfWheel(IReadOnlyList<SpecAnalysis> specs, SpecAnalysis spec, WheelEntry wheel)
    {
        TextSpan origin = WheelReferences.LocationOf(spec, wheel).Span;
        if (wheel.Package is { } package && FindCommon(specs, spec) is { } common)
        {
            ImmutableArray<FileLocation> found =
            [
                .. common.Wheels.Where(other => other.Package?.Distribution == package.Distribution)
                    .Select(other => new FileLocation(common.Path, WheelReferences.LocationOf(common, other).Span, origin)),
            ];
            if (!found.IsEmpty) return found;
        }
        return [new(spec.Path, origin, origin)];
    }

    /// <summary>The nearest common spec, in the directory of a spec or one above it.</summary>
    private static SpecAnalysis? FindCommon(IReadOnlyList<SpecAnalysis> specs, SpecAnalysis spec)
    {
        if (Path.GetFileName(spec.Path) == CommonName) return null;
        var byPath = new Dictionary<string, SpecAnalysis>();
        foreach (SpecAnalysis other in specs)
        {
            if (Path.GetFileName(other.Path) == CommonName) byPath[other.Path] = other;
        }
        for (string? directory = Path.GetDirectoryName(spec.Path); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (byPath.TryGetValue(Path.Join(directory, CommonName), out SpecAnalysis? common)) return common;
        }
        return null;
    }
}
