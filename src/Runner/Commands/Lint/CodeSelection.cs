using System.Collections.Immutable;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>Which kinds of findings count: those of some codes or beginnings of codes, without those of others. The longest beginning that fits a code decides.</summary>
internal sealed class CodeSelection
{
    private readonly ImmutableArray<string> _selected;
    private readonly ImmutableArray<string> _ignored;

    private CodeSelection(ImmutableArray<string> selected, ImmutableArray<string> ignored)
    {
        _selected = selected;
        _ignored = ignored;
    }

    /// <summary>Reads what the options say: codes or their beginnings, with commas between them.</summary>
    public static Result<CodeSelection> Read(IEnumerable<string> selected, IEnumerable<string> ignored)
    {
        var selection = new CodeSelection(Split(selected), Split(ignored));
        foreach (string code in selection._selected.Concat(selection._ignored))
        {
            if (DiagnosticReference.All.Any(entry => entry.Descriptor.Id.StartsWith(code, StringComparison.Ordinal))) continue;
            return new Failure("VPY3504", $"no code begins with '{code}'") { NextStep = "vpython3 rule --all lists the codes", ExitCode = LintCommand.Failed };
        }
        return selection;
    }

    /// <summary>Whether a kind of finding counts.</summary>
    public bool Contains(string id)
    {
        int selected = _selected.IsEmpty ? 0 : LongestBeginning(_selected, id);
        return selected >= 0 && selected >= LongestBeginning(_ignored, id) && (selected > 0 || LongestBeginning(_ignored, id) < 0);
    }

    private static ImmutableArray<string> Split(IEnumerable<string> values) =>
        [.. values.SelectMany(static value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(static code => code.ToUpperInvariant())];

    private static int LongestBeginning(ImmutableArray<string> beginnings, string id)
    {
        int longest = -1;
        foreach (string beginning in beginnings)
        {
            if (id.StartsWith(beginning, StringComparison.Ordinal)) longest = Math.Max(longest, beginning.Length);
        }
        return longest;
    }
}
