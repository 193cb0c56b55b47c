using System.CommandLine;
using System.Globalization;
using VPythonTools.Runner.Catalogues;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.Runner.Commands;

/// <summary>Shows and extends the catalogue of packages.</summary>
internal static class CatalogCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("catalog", "show or extend the catalogue of packages", Create);

    private static Command Create(Invocation invocation) =>
        new(Verb.Name, "Works on the catalogue: which packages of wheels there are, and what they need and bring.")
        {
            CreateInfo(invocation),
            CreateImport(invocation),
            CreateUpdate(invocation),
            CreateExport(invocation),
        };

    private static Command CreateInfo(Invocation invocation)
    {
        var command = new Command("info", "Tells which catalogue applies, of which day it is, what it was made from, and how much it knows.");
        command.SetAction(_ => Verbs.Finish(CatalogueStore.Choose(invocation).Then(store => store.Open().Then(catalogue => ShowInfo(store, catalogue)))));
        return command;
    }

    private static Command CreateImport(Invocation invocation)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "A list of wheels as Chrome Operations publish it (wheels.md), a wheel (.whl), or a package directory.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("import", "Adds what files and package directories know to the user's catalogue, which begins as a copy of the built-in one.") { files };
        command.SetAction(parsed => Verbs.Finish(Import(invocation, parsed.GetValue(files) ?? [])));
        return command;
    }

    private static Command CreateUpdate(Invocation invocation)
    {
        var prefix = new Option<string[]>("--prefix")
        {
            Description = "A prefix of package names that is looked at, with all below; may stand several times.",
            HelpName = "PREFIX",
            DefaultValueFactory = static _ => [WheelPackageName.UsualPrefix.TrimEnd('/')],
        };
        var withMetadata = new Option<bool>("--with-metadata") { Description = "Fetch a wheel of each version, for what it needs and brings; otherwise only of those that are cached." };
        var command = new Command("update", "Adds what the CIPD service knows to the user's catalogue. An update that is interrupted goes on where it was.") { prefix, withMetadata };
        command.SetAction(parsed => Verbs.Finish(CatalogueStore.Choose(invocation).Then(store =>
            CatalogueSources.OpenService(invocation, [.. parsed.GetValue(prefix)!.Select(static name => name.TrimEnd('/'))], parsed.GetValue(withMetadata), store)
                .Then(source => VerbWork.Run(cancellation => Task.FromResult(Extend(invocation, [source], cancellation)))))));
        return command;
    }

    private static Command CreateExport(Invocation invocation)
    {
        var command = new Command("export", "Prints the catalogue that applies as text, a fact a line, to be compared.");
        command.SetAction(_ => Verbs.Finish(CatalogueStore.Choose(invocation).Then(store => store.Open()).Then<int>(catalogue =>
        {
            StandardStreams.WriteOutput(CatalogueText.Write(catalogue));
            return 0;
        })));
        return command;
    }

    private static Result<int> ShowInfo(CatalogueStore store, PackageCatalogue catalogue)
    {
        string date = catalogue.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string file = store.Exists ? store.Path : "(built in)";
        string newer = catalogue.Date < PackageCatalogue.BuiltIn.Date ? "note:          the built-in catalogue is newer; remove the file, and import again what you need\n" : "";
        StandardStreams.WriteOutput(string.Create(CultureInfo.InvariantCulture,
            $"""
            file:          {file}
            date:          {date}
            made from:     {catalogue.Description}
            packages:      {catalogue.PackageCount}
            versions:      {catalogue.VersionCount}
            platforms:     {catalogue.Platforms.Length}
            distributions: {catalogue.DistributionCount}
            metadata:      {catalogue.MetadataCount}
            modules:       {catalogue.ModuleCount}
            {newer}
            """));
        return 0;
    }

    private static Result<int> Import(Invocation invocation, string[] files)
    {
        var sources = new List<ICatalogueSource>();
        foreach (string file in files)
        {
            if (!CatalogueSources.Open(invocation.WorkingDirectory, file).TryGet(out ICatalogueSource? source, out Failure? failure)) return failure;
            sources.Add(source);
        }
        return Extend(invocation, sources, CancellationToken.None);
    }

    private static Result<int> Extend(Invocation invocation, List<ICatalogueSource> sources, CancellationToken cancellation)
    {
        if (!CatalogueStore.Choose(invocation).TryGet(out CatalogueStore? store, out Failure? failure)) return failure;
        var lines = new List<string>();
        Result<PackageCatalogue> extended = store.Extend(builder =>
        {
            var all = new CollectedFacts(0, 0);
            foreach (ICatalogueSource source in sources)
            {
                if (!source.CollectAsync(builder, cancellation).AsTask().GetAwaiter().GetResult().TryGet(out CollectedFacts facts, out Failure? refusal)) return refusal;
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{source.Description}: {facts.Versions} versions, {facts.Metadata} wheels"));
                all = new(all.Versions + facts.Versions, all.Metadata + facts.Metadata);
            }
            builder.Description = Describe(builder.Description, sources);
            builder.Date = DateOnly.FromDateTime(DateTime.UtcNow);
            return all;
        });
        if (!extended.TryGet(out PackageCatalogue? catalogue, out failure)) return failure;
        StandardStreams.WriteOutput(string.Join('\n', lines) + string.Create(CultureInfo.InvariantCulture, $"\n{store.Path}: {catalogue.PackageCount} packages, {catalogue.VersionCount} versions, {catalogue.MetadataCount} with metadata\n"));
        return 0;
    }

    /// <summary>What the catalogue began as, and what was added last: a description that grew with every import would never end.</summary>
    private static string Describe(string before, List<ICatalogueSource> sources)
    {
        const string Link = "; with ";
        int link = before.IndexOf(Link, StringComparison.Ordinal);
        string others = sources.Count > 3 ? string.Create(CultureInfo.InvariantCulture, $" and {sources.Count - 3} more") : "";
        return (link < 0 ? before : before[..link]) + Link + string.Join(", ", sources.Take(3).Select(source => source.Description)) + others;
    }
}
