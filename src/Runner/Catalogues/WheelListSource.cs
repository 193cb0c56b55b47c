using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.Runner.Catalogues;

/// <summary>The facts of a published list of wheels.</summary>
/// <param name="path">The file.</param>
/// <param name="shownPath">The file as the user named it.</param>
internal sealed class WheelListSource(string path, string shownPath) : ICatalogueSource
{
    private const int MaximumLength = 64 << 20;

    /// <inheritdoc/>
    public string Description => $"list of wheels '{shownPath}'";

    /// <inheritdoc/>
    public ValueTask<Result<CollectedFacts>> CollectAsync(CatalogueBuilder catalogue, CancellationToken cancellation) => ValueTask.FromResult(Collect(catalogue));

    private Result<CollectedFacts> Collect(CatalogueBuilder catalogue)
    {
        string text;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaximumLength })
                return new Failure("VPY3405", $"the file is longer than {MaximumLength >> 20} MiB, as no list of wheels is") { Location = shownPath };
            text = System.Text.Encoding.UTF8.GetString(RegularFile.ReadAll(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure("VPY3405", $"cannot be read: {exception.Message}") { Location = shownPath, NextStep = "correct the path, or the permissions of the file" };
        }
        if (WheelList.Read(text, catalogue, out int versions) is not { } fault) return new CollectedFacts(versions, 0);
        return new Failure("VPY3406", $"the list of wheels is not as published: {fault.Reason}")
        {
            Location = fault.Line > 0 ? $"{shownPath}:{fault.Line}" : shownPath,
            NextStep = "get the list anew; 'vpython3 catalog import' takes wheels.md, wheels (.whl) and package directories",
        };
    }
}
