using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>Whole wheels, with all that they need, where a field can stand.</summary>
internal static class WheelBlockCompletion
{
    /// <summary>What it needs has to be found for each; more than these nobody reads.</summary>
    private const int MostWheels = 12;

    /// <summary>Adds the wheels that may be meant by what is typed, and that the spec does not have.</summary>
    public static void Add(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        list.IsIncomplete = true;
        string typed = place.Typed;
        HashSet<string> present = [.. context.Spec.Wheels.Select(static wheel => wheel.Package?.Distribution.Value).OfType<string>()];
        IEnumerable<CatalogueDistribution> found = context.Index.Find(WheelCandidate.Fold(typed))
            .Where(static wheel => wheel.Name.Prefix == WheelPackageName.UsualPrefix)
            .Select(static wheel => wheel.Distribution)
            .DistinctBy(static distribution => distribution.Name)
            .Where(distribution => !present.Contains(distribution.Name.Value));
        foreach (CatalogueDistribution distribution in found.Take(MostWheels))
        {
            if (context.Index.FindBundle(distribution, context.Platforms) is not { } bundle) continue;
            (string Name, string? Version, string Comment)[] needs = [.. bundle.Needs.Where(need => !WheelPackageName.TryParse(need.Name, out WheelPackageName? name) || !present.Contains(name.Distribution.Value))];
            string alone = SpecEditor.Wheel(bundle.Choice.Package.Name, bundle.Choice.Version.Version.Text);
            string filter = typed.Length == 0 ? distribution.Name.Value : typed;
            string detail = $"{bundle.Choice.Version.Version.Number}, {CoverageText.Of(bundle.Choice.Version.Availability, context.Platforms)}";
            string key = WheelNameCompletion.KeyPrefix + bundle.Choice.Package.Name;
            if (needs.Length > 0)
            {
                string all = string.Join('\n', [alone, .. needs.Select(static need => SpecEditor.Wheel(need.Name, need.Version, need.Comment))]);
                list.Add(new($"{distribution} with what it needs", CompletionKind.Bundle, new(place.Span, place.Lay(all)), filter)
                {
                    Detail = $"{detail}; and {string.Join(", ", needs.Select(static need => NameOf(need.Name)))}",
                    Key = key,
                });
            }
            list.Add(new(distribution.Name.Value, CompletionKind.WheelBlock, new(place.Span, place.Lay(alone)), filter) { Detail = detail, Key = key });
        }
    }

    private static string NameOf(string package) => WheelPackageName.TryParse(package, out WheelPackageName? name) ? name.Distribution.Value : package;
}
