using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>Where the user's catalogue is, or would be: the file that <see cref="Variable"/> names, else <c>wheels.catalogue</c> in the environment root. Where there is none, the one built in applies.</summary>
/// <param name="Path">An absolute path.</param>
/// <param name="IsNamed">Whether somebody named it: then it has to be there.</param>
public readonly record struct CatalogueLocation(string Path, bool IsNamed)
{
    /// <summary>The variable that names a catalogue.</summary>
    public const string Variable = "VPYTHON_CATALOGUE";

    private const string FileName = "wheels.catalogue";

    /// <summary>The place that applies.</summary>
    /// <param name="named">What the variable or a setting names; null or empty when nothing does.</param>
    /// <param name="environmentRoot">The environment root.</param>
    /// <param name="workingDirectory">What a relative path is relative to.</param>
    public static CatalogueLocation Choose(string? named, string environmentRoot, string workingDirectory) =>
        string.IsNullOrEmpty(named) ? new(System.IO.Path.Combine(environmentRoot, FileName), IsNamed: false) : new(System.IO.Path.GetFullPath(named, workingDirectory), IsNamed: true);

    /// <summary>Reads the catalogue of these bytes; those of a file that is not there are null.</summary>
    /// <param name="bytes">The file; null where there is none.</param>
    /// <param name="catalogue">The catalogue, or where there is no file and none is named, the one built in.</param>
    /// <param name="problem">Why there is no catalogue, as a sentence without its end.</param>
    public bool TryOpen(ReadOnlyMemory<byte>? bytes, [NotNullWhen(true)] out PackageCatalogue? catalogue, [NotNullWhen(false)] out string? problem)
    {
        (catalogue, problem) = (null, null);
        if (bytes is { } read) problem = PackageCatalogue.TryOpen(read, out catalogue, out CatalogueFault? fault) ? null : $"the catalogue '{Path}' cannot be used: {fault.Reason}";
        else if (IsNamed) problem = $"the catalogue '{Path}' does not exist";
        else catalogue = PackageCatalogue.BuiltIn;
        return problem is null;
    }
}
