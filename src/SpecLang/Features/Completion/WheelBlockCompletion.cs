using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>Whole wheels, with all that they need, where a field can stand.</summary>
internal static class WheelBlockCompletion
{
    /// <summary>More than these nobody reads.</summary>
    private const int MostWheels = 12;

    /// <summary>What a wheel needs takes longer to find than all the rest, so it is only found for those that are most likely meant.</summary>
    private const int MostBundles = 2;

    /// <summary>With fewer letters anything may be meant.</summary>
    private const int FewestLettersOfBundle = 2;

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
        foreach ((int index, CatalogueDistribution distribution) in found.Take(MostWheels).Index())
        {
            if (context.Index.FindChoice(distribution, context.Platforms) is not { } choice) continue;
            bool isBundle = index < MostBundles && typed.Length >= FewestLettersOfBundle;
            (string Name, string? Version, string Comment)[] needs = isBundle ? [.. context.Index.FindNeeds(distribution, context.Platforms).Where(need => !present.Contains(NameOf(need.Name)))] : [];
            string alone = SpecEditor.Wheel(choice.Package.Name, choice.Version.Version.Text);
            string filter = typed.Length == 0 ? distribution.Name.Value : typed;
            string detail = $"{choice.Version.Version.Number}, {CoverageText.Of(choice.Version.Availability, context.Platforms)}";
            string key = WheelNameCompletion.KeyPrefix + choice.Package.Name;
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
