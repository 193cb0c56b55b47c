using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A script imports a module that neither its wheels nor its Python have.</summary>
public sealed class MissingImport : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2701",
        "Import without a wheel",
        "'{0}', which {1}, is in no wheel of the spec. {2}",
        DiagnosticCategory.Imports,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds modules that a script with a spec of its own imports and that are in no wheel of the spec, not in the standard library of its Python, and not beside the script. "
            + "Imports that may fail (within `try`, in functions, below conditions) do not count. Nothing is found in scripts that change `sys.path`, and where the modules of a wheel are not known. "
            + "Where no wheel is known to bring the module, it is only worth knowing: it may come from somewhere else. Of what newer or older Pythons bring themselves, such as `tomllib`, the message says which do.",
        "The script ends with an `ImportError` before it does anything.",
        """
        #!/usr/bin/env vpython3
        # [VPYTHON:BEGIN]
        # python_version: "3.11"
        # [VPYTHON:END]
        import yaml
        """,
        """
        #!/usr/bin/env vpython3
        # [VPYTHON:BEGIN]
        # python_version: "3.11"
        # wheel: <
        #   name: "infra/python/wheels/pyyaml/${vpython_platform}"
        #   version: "version:5.4.1.chromium.1"
        # >
        # [VPYTHON:END]
        import yaml
        """,
        "Adds the wheel that is known to bring the module, with what it needs. Unsafe: the environment changes.");

    /// <inheritdoc/>
    public override bool LooksAtBrokenSpecs => false;

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (ScriptFile script in spec.Scripts)
        {
            var resolution = new ImportResolution(spec, script);
            if (resolution.ChangesPath || resolution.HasUnknownWheels) continue;
            IEnumerable<PythonImport> missing = script.Imports.Where(import =>
                import.IsRequired && resolution.IsStandard(import) == false && !resolution.WheelsWith(import).Any() && !resolution.IsBeside(import));
            foreach (PythonImport import in missing.DistinctBy(static import => import.Module)) yield return Report(spec, script, import);
        }
    }

    private Diagnostic Report(SpecAnalysis spec, ScriptFile script, PythonImport import)
    {
        bool isHere = script.Text == spec.Text;
        string importer = isHere ? "the script imports" : $"'{Path.GetFileName(script.Path)}' imports at line {script.Text.GetLine(import.Span.Start) + 1}";
        (WheelChoice Choice, DistributionName Distribution)? found = FindWheel(spec, import);
        ImmutableArray<PythonMinor> with = StandardLibrary.PythonsWith(import.Module);
        bool isStandardElsewhere = !with.IsEmpty && !spec.Pythons.IsEmpty;
        string step = isStandardElsewhere ? (with[0] > spec.Pythons.Max() ? $"Python itself has it from {with[0]} on." : $"Python itself has it up to {with[^1]}.")
            : found is { } wheel ? $"Add '{wheel.Choice.Package.Name}', such as {wheel.Choice.Version.Version.Number}." : "Add the wheel that has it.";
        return Report(isHere ? import.Span : spec.Beginning, import.Module, importer, step) with
        {
            Severity = found is null && !isStandardElsewhere ? DiagnosticSeverity.Information : Descriptor.DefaultSeverity,
            Related = isHere ? [] : [new(script.Text, import.Span, "the import")],
            Fixes = found is { } choice ? [new($"Add '{choice.Distribution}'", FixSafety.Unsafe, Add(spec, choice.Choice, choice.Distribution, import))] : [],
        };
    }

    /// <summary>For <c>from google import protobuf</c> the wheel of <c>google.protobuf</c>, and not any in that namespace.</summary>
    private static (WheelChoice Choice, DistributionName Distribution)? FindWheel(SpecAnalysis spec, PythonImport import)
    {
        foreach (string module in import.Names.Select(name => $"{import.Module}.{name}").Append(import.Module))
        {
            foreach (CatalogueDistribution distribution in spec.Catalogue.FindModule(module))
            {
                if (WheelChoice.Find(distribution, PlatformsOf(spec)) is { } choice) return (choice, distribution.Name);
            }
        }
        return null;
    }

    private static ImmutableArray<SupportedPlatform> PlatformsOf(SpecAnalysis spec) => [.. spec.Platforms.Select(static platform => platform.Supported).OfType<SupportedPlatform>().Distinct()];

    /// <summary>The wheel, and what it needs in turn.</summary>
    private static ImmutableArray<TextChange> Add(SpecAnalysis spec, WheelChoice choice, DistributionName distribution, PythonImport import)
    {
        // A number of its own makes it count as one that the spec gives.
        var added = new ClosureWheel(choice.Package.Name, distribution, choice.Version.Version, PlatformsOf(spec), spec.Wheels.Length);
        var needed = DependencyAdditions.OfJoining(spec, [added]);
        return spec.Editor.AddWheels(spec.Wheels, [(added.Name, added.Version.Text, $"import {import.TopLevelModule}"), .. needed.Wheels]);
    }
}
