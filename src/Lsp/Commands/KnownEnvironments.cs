using System.Collections.Concurrent;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Features.Presentation;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Commands;

/// <summary>What was found out about environments in this conversation, by the text that it was found out for: a text that has changed since says nothing of its environment.</summary>
internal sealed class KnownEnvironments
{
    private readonly ConcurrentDictionary<string, (SourceText Text, EnvironmentState State)> _known = new(OverlayFiles.PathComparer);

    /// <summary>What is known of the environment of a document.</summary>
    public EnvironmentState StateOf(SourceText text) => _known.TryGetValue(text.Path, out (SourceText Text, EnvironmentState State) known) && known.Text == text ? known.State : EnvironmentState.Unknown;

    /// <summary>Something was found out.</summary>
    public void Remember(SourceText text, EnvironmentState state) => _known[text.Path] = (text, state);
}
