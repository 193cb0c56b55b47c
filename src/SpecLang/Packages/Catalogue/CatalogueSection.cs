namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>The parts of a catalogue file, in the order of its directory.</summary>
internal enum CatalogueSection
{
    /// <summary>The UTF-8 text of all strings, one behind the other.</summary>
    Text,

    /// <summary>Where each string ends; it begins where the one before ends. Sorted as bytes, without repetition.</summary>
    Strings,

    /// <summary>The description (string), and the date as the number yyyymmdd.</summary>
    Information,

    /// <summary>The names of platforms (strings), one for each bit of a version's availability.</summary>
    Platforms,

    /// <summary>Name (string), distribution, first version, number of versions. Sorted by name.</summary>
    Packages,

    /// <summary>Version (string), how often it was seen in use, low and high half of the bits of its platforms. Of a package the newest first.</summary>
    Versions,

    /// <summary>Name (string), first package reference, number of them, first metadata, number of them. Sorted by name.</summary>
    Distributions,

    /// <summary>The packages of the distributions.</summary>
    PackageReferences,

    /// <summary>
    /// Version, Requires-Python, summary, source (strings; the empty one for nothing), whether requirements are complete, first requirement, number of them,
    /// first module, number of them. Of a distribution the newest first.
    /// </summary>
    Metadata,

    /// <summary>The requirements (strings) of the metadata.</summary>
    Requirements,

    /// <summary>The modules (strings) of the metadata.</summary>
    Modules,

    /// <summary>Module (string), distribution. Sorted by both.</summary>
    ModuleIndex,
}
