using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>
/// What stands above a spec, and above a script that is run by <c>vpython3</c> and has its spec elsewhere: which spec applies and why, whether the environment is there,
/// run, install, and how many wheels have newer versions.
/// </summary>
public static class CodeLenses
{
    /// <summary>The lenses, in the order in which they are shown.</summary>
    /// <param name="spec">The spec, or a script without one.</param>
    /// <param name="environment">What is known of the environment of the spec that applies; null to say nothing about it.</param>
    public static ImmutableArray<CodeLens> Of(SpecAnalysis spec, EnvironmentState? environment)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Kind == DocumentKind.TextFormat) return [];
        if (spec.Document.Kind == DocumentKind.Script)
        {
            if (spec.Document.Region is null && !IsRunByVPython(spec.Text)) return [];
            TextSpan place = spec.Document.Region?.BeginGuard ?? new(0, 0);
            return AboveScript(spec, place, EffectiveSpec.Of(spec.Host.Files, spec.Path), environment);
        }
        var lenses = ImmutableArray.CreateBuilder<CodeLens>();
        var start = new TextSpan(spec.Text.ByteOrderMark.End, 0);
        string? script = spec.PartnerPath is { } partner && spec.Host.Files.GetKind(partner) is FileKind.File or FileKind.Directory ? spec.PartnerPath : null;
        string title = script is not null ? $"spec of {Path.GetFileName(script)}"
            : spec.PartnerPath is not null ? $"no script: '{Path.GetFileName(spec.PartnerPath)}' is not there"
            : IsCommon(spec) ? "spec of the scripts here and below that have no other"
            : "spec for -vpython-spec";
        lenses.Add(new(start, title, CodeLensAction.ExplainSpec, script ?? PathOf(spec), null, []));
        AddEnvironment(lenses, start, environment, PathOf(spec));
        if (script is not null) lenses.Add(new(start, "run", CodeLensAction.Run, script, null, []));
        AddInstall(lenses, start, environment, PathOf(spec));
        AddUpgrades(lenses, start, spec);
        return lenses.DrainToImmutable();
    }

    private static ImmutableArray<CodeLens> AboveScript(SpecAnalysis spec, TextSpan place, EffectiveSpec effective, EnvironmentState? environment)
    {
        var lenses = ImmutableArray.CreateBuilder<CodeLens>();
        bool isOwn = effective.Origin == SpecOrigin.Embedded;
        string title = isOwn ? "spec of this script"
            : effective.Path is not { } path ? "no spec"
            : spec.Document.Region is null ? $"spec: {ShownPath(spec.Path, path)}"
            : $"not used: {ShownPath(spec.Path, path)} wins";
        lenses.Add(new(place, title, CodeLensAction.ExplainSpec, effective.Path ?? PathOf(spec), effective.Reason, []));
        if (PathOf(spec) is not { } script) return lenses.DrainToImmutable();
        AddEnvironment(lenses, place, environment, effective.Path);
        lenses.Add(new(place, "run", CodeLensAction.Run, script, null, []));
        if (effective.Path is not null) AddInstall(lenses, place, environment, effective.Path);
        if (isOwn) AddUpgrades(lenses, place, spec);
        return lenses.DrainToImmutable();
    }

    private static void AddEnvironment(ImmutableArray<CodeLens>.Builder lenses, TextSpan place, EnvironmentState? environment, string? spec)
    {
        if (environment is not { } state) return;
        string title = state switch
        {
            EnvironmentState.Ready => "environment ready",
            EnvironmentState.NotBuilt => "environment not built",
            _ => "environment unknown",
        };
        lenses.Add(new(place, title, CodeLensAction.ShowEnvironment, spec, null, []));
    }

    private static void AddInstall(ImmutableArray<CodeLens>.Builder lenses, TextSpan place, EnvironmentState? environment, string? spec)
    {
        if (environment != EnvironmentState.Ready && spec is not null) lenses.Add(new(place, "install", CodeLensAction.InstallEnvironment, spec, "Makes the environment now, so that the first run does not have to", []));
    }

    private static void AddUpgrades(ImmutableArray<CodeLens>.Builder lenses, TextSpan place, SpecAnalysis spec)
    {
        ImmutableArray<TextChange>[] upgrades = [.. NewerWheels.Find(spec, SuppressionList.Read(spec.Tree)).Select(static upgrade => upgrade.Changes)];
        if (upgrades.Length == 0) return;
        lenses.Add(new(place, upgrades.Length == 1 ? "1 upgrade available" : $"{upgrades.Length} upgrades available", CodeLensAction.UpgradeWheels, PathOf(spec), null, [.. upgrades.SelectMany(static changes => changes)]));
    }

    private static bool IsCommon(SpecAnalysis spec) => SpecFamily.TextFormat.CommonNames.Contains(Path.GetFileName(spec.Path));

    private static string? PathOf(SpecAnalysis spec) => Path.IsPathFullyQualified(spec.Path) ? spec.Path : null;

    private static string ShownPath(string script, string spec) => Path.GetRelativePath(Path.GetDirectoryName(script)!, spec).Replace('\\', '/');

    private static bool IsRunByVPython(SourceText text) => text.Bytes.StartsWith("#!"u8) && text.Slice(text.GetLineSpan(0)).IndexOf("vpython3"u8) >= 0;
}
