namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>What the value of a string is.</summary>
internal enum TextRole : byte
{
    /// <summary>Just text.</summary>
    Plain,

    /// <summary>The name of a package, or a piece of it.</summary>
    PackageName,

    /// <summary>A version of a package.</summary>
    PackageVersion,
}
