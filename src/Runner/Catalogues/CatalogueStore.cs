using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.Runner.Catalogues;

/// <summary>Which catalogue applies: the file that <c>VPYTHON_CATALOGUE</c> names, else the one in the environment root, else the one built in.</summary>
internal sealed class CatalogueStore
{
    /// <summary>The variable that names a catalogue.</summary>
    public const string Variable = CatalogueLocation.Variable;

    private readonly bool _isNamed;

    private CatalogueStore(string path, bool isNamed)
    {
        Path = path;
        _isNamed = isNamed;
    }

    /// <summary>Where the user's catalogue is, or would be.</summary>
    public string Path { get; }

    /// <summary>Whether there is a catalogue of the user's.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>The place for an invocation.</summary>
    public static Result<CatalogueStore> Choose(Invocation invocation)
    {
        string? named = invocation.Environment.NonEmpty(Variable);
        if (named is not null && NativeText.HasEscapes(named)) return new Failure("VPY3002", $"the path in {Variable} is not UTF-8") { NextStep = "rename it, or name another one" };
        var location = CatalogueLocation.Choose(named, invocation.Layout.Root, invocation.WorkingDirectory);
        return new CatalogueStore(location.Path, location.IsNamed);
    }

    /// <summary>The catalogue that applies. A file that is named has to be there; one that is there has to be sound: it is never passed over in silence.</summary>
    public Result<PackageCatalogue> Open() =>
        _isNamed && !System.IO.Path.Exists(Path)
            ? new Failure("VPY3401", $"The catalogue that {Variable} names does not exist") { Location = Path, NextStep = $"correct {Variable}, unset it, or make the file with 'vpython3 catalog import'" }
            : OpenOrBuiltIn();

    /// <summary>The user's catalogue, or where there is none yet the one built in: what new facts are added to.</summary>
    public Result<PackageCatalogue> OpenOrBuiltIn()
    {
        byte[] bytes;
        try
        {
            var file = new FileInfo(Path);
            if (file.Exists && file.Length > PackageCatalogue.MaximumLength)
                return Refuse(new($"it has {file.Length} bytes, and at most {PackageCatalogue.MaximumLength} are read"));
            bytes = RegularFile.ReadAll(Path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return PackageCatalogue.BuiltIn;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure("VPY3401", $"The catalogue cannot be read: {exception.Message}") { Location = Path, NextStep = "mend its permissions, or remove it; the built-in one is used then" };
        }
        return PackageCatalogue.TryOpen(bytes, out PackageCatalogue? catalogue, out CatalogueFault? fault) ? catalogue : Refuse(fault);
    }

    /// <summary>Adds what sources know to the catalogue that applies, and writes it whole or not at all. One process at a time does so.</summary>
    public Result<PackageCatalogue> Extend(Func<CatalogueBuilder, Result<CollectedFacts>> collect)
    {
        try
        {
            using FileLock writing = FileLock.Open(Path + ".lock");
            writing.TakeExclusive();
            if (!OpenOrBuiltIn().TryGet(out PackageCatalogue? catalogue, out Failure? failure)) return failure;
            CatalogueBuilder builder = CatalogueBuilder.From(catalogue);
            if (!collect(builder).TryGet(out _, out failure)) return failure;
            byte[] bytes = builder.Build();
            if (!PackageCatalogue.TryOpen(bytes, out PackageCatalogue? extended, out CatalogueFault? fault))
                return new Failure("VPY3404", $"The catalogue would be unusable: {fault.Reason}") { NextStep = "import less" };
            AtomicFile.Write(Path, bytes);
            return extended;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure("VPY3404", $"The catalogue cannot be written: {exception.Message}")
            {
                Location = Path,
                NextStep = $"mend the permissions of its directory, or name another place with {Variable} or -vpython-root",
            };
        }
    }

    private Failure Refuse(CatalogueFault fault) => fault.IsNewer
        ? new("VPY3403", $"The catalogue was made by a newer vpython3: {fault.Reason}") { Location = Path, NextStep = $"use that vpython3, or name another file with {Variable}" }
        : new("VPY3402", $"The catalogue cannot be used: {fault.Reason}") { Location = Path, NextStep = "remove it; the built-in one is used then" };
}
