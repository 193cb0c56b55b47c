using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests.Workspace;

public sealed class CatalogueReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Where_there_is_no_file_the_one_built_in_is_used_without_a_word()
    {
        Assert.Same(PackageCatalogue.BuiltIn, CatalogueReader.Read(new(_directory.Combine("wheels.catalogue"), IsNamed: false), out string? problem));
        Assert.Null(problem);
    }

    [Fact]
    public void A_file_that_is_named_and_not_there_is_told_of()
    {
        Assert.Same(PackageCatalogue.BuiltIn, CatalogueReader.Read(new(_directory.Combine("x"), IsNamed: true), out string? problem));
        Assert.Equal($"the catalogue '{_directory.Combine("x")}' does not exist; the built-in one is used instead", problem);
    }

    [Fact]
    public void A_file_that_is_no_catalogue_is_told_of()
    {
        Assert.Same(PackageCatalogue.BuiltIn, CatalogueReader.Read(new(_directory.Write("x", "text"), IsNamed: false), out string? problem));
        Assert.Contains("cannot be used", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_catalogue_is_read()
    {
        string path = _directory.Combine("x");
        File.WriteAllBytes(path, CatalogueBuilder.From(PackageCatalogue.BuiltIn).Build());
        Assert.Equal(PackageCatalogue.BuiltIn.VersionCount, CatalogueReader.Read(new(path, IsNamed: true), out string? problem).VersionCount);
        Assert.Null(problem);
    }

    [Fact]
    public void A_setting_goes_before_the_variable_and_is_relative_to_the_directory_of_the_workspace() =>
        Assert.Equal(new CatalogueLocation(_directory.Combine("mine"), IsNamed: true), CatalogueReader.Locate("mine", _directory.Path));
}
