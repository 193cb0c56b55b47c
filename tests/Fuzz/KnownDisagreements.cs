using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.Testing;

namespace VPythonTools.Fuzz;

/// <summary>The table of <c>docs/text-format.md</c>: where we and protoc judge differently, on purpose.</summary>
public sealed class KnownDisagreements
{
    private readonly HashSet<string> _refusedHere = [];
    private readonly HashSet<string> _acceptedHere = [];

    private KnownDisagreements()
    {
    }

    /// <summary>Reads the table. Its rows are <c>| key | who refuses | ...</c>.</summary>
    public static KnownDisagreements Load()
    {
        var known = new KnownDisagreements();
        foreach (string line in File.ReadLines(Path.Combine(SharedData.ProjectRoot, "docs/text-format.md")))
        {
            string[] cells = [.. line.Split('|').Select(static cell => cell.Trim(' ', '`'))];
            if (cells.Length < 5) continue;
            if (cells[2] == "we") known._refusedHere.Add(cells[1]);
            if (cells[2] == "protoc") known._acceptedHere.Add(cells[1]);
        }
        return known;
    }

    /// <summary>Whether every error that we found in a text that protoc accepts is one of the table.</summary>
    public bool ExplainRefusal(IEnumerable<Diagnostic> errors) => errors.All(error => _refusedHere.Contains(error.Id));

    /// <summary>Whether a text that protoc refuses and we accept has something of the table.</summary>
    public bool ExplainAcceptance(BoundTree bound)
    {
        foreach (SyntaxToken token in bound.Tree.Tokens)
        {
            if (token.Kind == SyntaxKind.Heredoc && _acceptedHere.Contains("heredoc")) return true;
        }
        return !bound.Tree.Text.ByteOrderMark.IsEmpty && _acceptedHere.Contains("byte-order-mark");
    }
}
