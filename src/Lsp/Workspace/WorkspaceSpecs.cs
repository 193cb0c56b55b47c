using System.Collections.Immutable;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Workspace;

/// <summary>All specs of the workspace, for features that look beyond one document.</summary>
/// <param name="workspace">The documents.</param>
internal sealed class WorkspaceSpecs(ServerWorkspace workspace)
{
    /// <summary>The specs, in the order of their paths; only those that are open, where the client wants no others looked at.</summary>
    public ImmutableArray<SpecAnalysis> Of(WorkspaceSnapshot snapshot, CancellationToken cancellation) => workspace.Settings.LooksAtWorkspace
        ? [.. workspace.Disk.All(snapshot, cancellation).Select(static document => document.Spec)]
        : [.. snapshot.Documents.Values.Where(static document => document.HasSpec).Select(static document => document.Spec)];

    /// <summary>A place in a text, as the protocol has it.</summary>
    public Location LocationOf(WorkspaceSnapshot snapshot, SourceText text, TextSpan span) => new(UriOf(snapshot, text.Path), workspace.MapperOf(text).ToRange(span));

    /// <summary>A place in a file, as it is in the editor or on the disk; the beginning of the file where no place in it is known.</summary>
    public Location LocationOf(WorkspaceSnapshot snapshot, string path, TextSpan? span)
    {
        if (span is { } place && snapshot.Host.Files.TryReadRepeatableFile(path, out _) is { } bytes) return LocationOf(snapshot, SourceText.From(bytes, path), place);
        return new(UriOf(snapshot, path), default);
    }

    /// <summary>The address of a path: the client's own, where it has the file open.</summary>
    public static string UriOf(WorkspaceSnapshot snapshot, string path) => snapshot.Documents.GetValueOrDefault(path)?.Uri ?? DocumentUri.FromPath(path);
}
