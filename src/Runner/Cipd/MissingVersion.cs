using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>The failures of every source that has not what was asked for, with what may have been meant.</summary>
internal static class MissingVersion
{
    /// <summary>The code of the failure that there is no such package.</summary>
    public const string NoPackage = "VPY3101";

    /// <summary>The code of the failure that no instance has the tag.</summary>
    public const string NoTag = "VPY3102";

    /// <summary>The code of the failure that several instances have the tag.</summary>
    public const string TagOfSeveral = "VPY3103";

    /// <summary>The code of the failure that there is no such ref.</summary>
    public const string NoRef = "VPY3104";

    /// <summary>The code of the failure that a tag does not mean any more what it was known to mean.</summary>
    public const string TagMoved = "VPY3143";

    /// <summary>The code of the failure that the account may not see the package, or there is none.</summary>
    public const string NotSeen = "VPY3136";

    private const int Shown = 10;

    /// <summary>Whether a failure says that something is not there, as opposed to that it could not be asked for.</summary>
    public static bool IsMissing(Failure failure) => failure.Code is NoPackage or NoTag or NoRef or InstanceFile.Unreadable;

    /// <summary>Whether a failure is about the version of a package that is there.</summary>
    public static bool IsOfVersion(Failure failure) => failure.Code is NoTag or NoRef or InstanceFile.Unreadable or TagOfSeveral;

    /// <summary>Whether another source may have what this one has not or does not show.</summary>
    public static bool MayBeElsewhere(Failure failure) => IsMissing(failure) || failure.Code == NotSeen;

    /// <summary>There is no such package.</summary>
    /// <param name="name">The package.</param>
    /// <param name="source">The source as messages name it.</param>
    /// <param name="existing">Names that exist, as far as they are known.</param>
    /// <param name="otherwise">What to do where none of them is near.</param>
    public static Failure Package(PackageName name, string source, IEnumerable<string> existing, string otherwise) =>
        new(NoPackage, $"There is no package '{name}' in the {source}") { NextStep = Suggest(name.Value, existing) ?? otherwise };

    /// <summary>The package is there, the version is not.</summary>
    /// <param name="name">The package.</param>
    /// <param name="version">The version.</param>
    /// <param name="source">The source as messages name it.</param>
    /// <param name="existing">Versions of the same kind that exist, as far as they are known.</param>
    public static Failure Version(PackageName name, CipdVersion version, string source, IEnumerable<string> existing) => version.Kind switch
    {
        CipdVersionKind.Tag => new(NoTag, $"No instance of the package '{name}' in the {source} has the tag '{version}'") { NextStep = List(version.Value, existing, "tags") },
        CipdVersionKind.Ref => new(NoRef, $"The package '{name}' in the {source} has no ref '{version}'") { NextStep = List(version.Value, existing, "refs") },
        _ => new(InstanceFile.Unreadable, $"The package '{name}' in the {source} has no instance '{version}'") { NextStep = List(version.Value, existing, "instances") },
    };

    /// <summary>The nearest of what exists as a question; null when none is near.</summary>
    public static string? Suggest(string name, IEnumerable<string> existing) =>
        NearestNames.To(name, existing) is [_, ..] nearest ? $"did you mean {string.Join(" or ", nearest.Select(near => $"'{near}'"))}?" : null;

    /// <summary>The closest of what exists; when nothing is close, what exists, as far as it fits on a line.</summary>
    private static string List(string wanted, IEnumerable<string> existing, string kind)
    {
        string[] all = [.. existing.Distinct().Order(StringComparer.Ordinal)];
        if (all.Length == 0) return $"the package has no {kind} at all";
        if (Suggest(wanted, all) is { } suggestion) return suggestion;
        return $"the package has the {kind} {string.Join(", ", all.Take(Shown))}{(all.Length > Shown ? $" and {all.Length - Shown} more" : "")}";
    }
}
