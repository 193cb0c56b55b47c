using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Features.Actions;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Tests.Analysis;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Actions;

public sealed class SpecActionsTests
{
    private const string Six = "wheel: <\n  name: \"infra/python/wheels/six-py2_py3\"\n  version: \"version:1.10.0\"\n>\n";

    private static readonly PackageCatalogue Needy = new SmallCatalogue()
        .Universal("rsa-py3", "4.6").Universal("rsa-py3", "4.7.2", "pyasn1>=0.1.3", "six").Universal("pyasn1-py2_py3", "0.4.8").Universal("six-py2_py3", "1.10.0").Universal("six-py2_py3", "1.16.0").Open();

    [Fact]
    public void A_fix_mends_its_finding()
    {
        foreach ((AnalysisResult result, int offset) in Both("python_version: \"3.11\"\nwheel: <\n  name$$ \"infra/python/wheels/six-py2_py3\"\n  version: \"version:1.10.0\"\n>\n"))
        {
            SpecAction fix = Assert.Single(List(result, offset), static action => action is { Kind: SpecActionKind.QuickFix, IsPreferred: true });
            Assert.Equal("VPY1002", fix.Diagnostic!.Id);
            Assert.Contains("name: \"infra", Apply(result, fix), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Each_of_several_findings_at_one_place_has_its_own_fix()
    {
        foreach ((AnalysisResult result, int offset) in Both("python_version: \"3.11\"\nwheel: <\n  name: \"infra/python/wheels/rsa-$$py3\"\n  version: \"version:4.7.2\"\n>\n", Needy))
        {
            string[] texts = [.. List(result, offset).Where(static action => action.Diagnostic?.Id == "VPY2601" && action.Kind == SpecActionKind.QuickFix).Select(action => Apply(result, action))];
            Assert.Equal(2, texts.Length);
            Assert.Contains("pyasn1", texts[0], StringComparison.Ordinal);
            Assert.Contains("six", texts[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Missing_wheels_are_added_with_what_needs_them()
    {
        foreach ((AnalysisResult result, int offset) in Both("python_version: \"3.11\"\nwheel: <\n  name: \"infra/python/wheels/rsa-py3\"\n  version: \"version:4.7.2\"\n>$$\n", Needy))
        {
            AnalysisResult after = Analyze(Apply(result, Find(result, offset, SpecActionKind.AddWheels)), result.Spec.Path, Needy);
            Assert.Equal(["rsa", "pyasn1", "six"], after.Spec.Wheels.Select(static wheel => wheel.Package!.Distribution.Value));
            Assert.Contains("# via rsa\n", after.Spec.Text.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(after.Diagnostics, static finding => finding.Id == "VPY2601");
        }
    }

    [Fact]
    public void One_wheel_is_upgraded_with_what_the_new_version_needs()
    {
        foreach ((AnalysisResult result, int offset) in Both("python_version: \"3.11\"\n" + Six + "wheel: <\n  name: \"infra/python/wheels/rsa-py3\"\n  version: \"version:4.6\"$$\n>\n", Needy))
        {
            SpecAction one = Assert.Single(List(result, offset), static action => action.Title == "Upgrade 'rsa', with what it needs");
            SpecActionChange change = SpecActions.Resolve(result.Spec, result.Diagnostics, one.Key)!;
            AnalysisResult after = Analyze(Apply(result, one), result.Spec.Path, Needy);
            Assert.Equal(["six 1.10.0", "rsa 4.7.2", "pyasn1 0.4.8"], after.Spec.Wheels.Select(static wheel => $"{wheel.Package!.Distribution} {wheel.Version.Number}"));
            Assert.Equal("infra/python/wheels/rsa-py3 version:4.6 -> version:4.7.2", change.Notes[0]);
        }
    }

    /// <summary>The newer version needs a wheel that comes with it, and that refuses a third one as it is.</summary>
    [Theory]
    [InlineData("3", "b 3, a 2, c 1", "infra/python/wheels/b-py3 version:1 -> version:3")]
    [InlineData("2", "b 1, a 1", "note: infra/python/wheels/a-py3 stays at 1: c 1 needs b>=3, and that is 2")]
    public void What_comes_with_an_upgrade_agrees_with_the_rest_or_it_is_not_made(string newest, string wheels, string note)
    {
        PackageCatalogue catalogue = new SmallCatalogue().Universal("a-py3", "1").Universal("a-py3", "2", "c").Universal("b-py3", "1").Universal("b-py3", newest).Universal("c-py3", "1", "b>=3").Open();
        const string Text = "python_version: \"3.11\"\nwheel: <\n  name: \"infra/python/wheels/b-py3\"\n  version: \"version:1\"\n>\nwheel: <\n  name: \"infra/python/wheels/a-py3\"\n  version: \"version:1\"$$\n>\n";
        foreach ((AnalysisResult result, int offset) in Both(Text, catalogue))
        {
            var upgrades = WheelUpgrades.Of(result.Spec, wheel => wheel.Syntax.Span.Touches(offset));
            Assert.Contains(note, upgrades.Lines);
            AnalysisResult after = Analyze(upgrades.Text, catalogue);
            Assert.Equal(wheels, string.Join(", ", after.Spec.Wheels.Select(static wheel => $"{wheel.Package!.Distribution} {wheel.Version.Number}")));
            Assert.DoesNotContain(after.Diagnostics, static finding => finding.Id == "VPY2602");
        }
    }

    [Fact]
    public void All_wheels_are_upgraded()
    {
        foreach ((AnalysisResult result, int offset) in Both("python_version: \"3.11\"\n$$" + Six + "wheel: <\n  name: \"infra/python/wheels/rsa-py3\"\n  version: \"version:4.6\"\n>\n", Needy))
        {
            AnalysisResult after = Analyze(Apply(result, Assert.Single(List(result, offset), static action => action.Title == "Upgrade all 2 wheels that have newer versions")), result.Spec.Path, Needy);
            Assert.Equal(["six 1.16.0", "rsa 4.7.2", "pyasn1 0.4.8"], after.Spec.Wheels.Select(static wheel => $"{wheel.Package!.Distribution} {wheel.Version.Number}"));
        }
    }

    [Fact]
    public void A_finding_is_suppressed_above_its_element_and_no_further()
    {
        string spec = "python_version: \"3.11\"\n\n# Why it is here.\nwheel: <\n  name: \"infra/python/wheels/six-py2_py3\"\n  # Old.\n  vers$$ion: \"version:1.10.0\"\n>\n" + Six.Replace("six-py2_py3", "requests-py2_py3", StringComparison.Ordinal).Replace("1.10.0", "2.13.0", StringComparison.Ordinal);
        foreach ((AnalysisResult result, int offset) in InAllForms(spec))
        {
            Assert.Equal(2, result.Diagnostics.Count(static finding => finding.Id == "VPY2207"));
            SpecAction action = Assert.Single(List(result, result.Diagnostics.First(static finding => finding.Id == "VPY2207").Span.Start), static action => action.Title == "Suppress VPY2207 here");
            AnalysisResult after = Analyze(Apply(result, action), result.Spec.Path);
            Assert.Single(after.Diagnostics, static finding => finding.Id == "VPY2207");
            Assert.Empty(SpecAnalyzer.FindUnusedSuppressions(after));
            Assert.Equal("reason", Assert.Single(after.Suppressions.Comments).Reason);
            Assert.DoesNotContain(after.Diagnostics, finding => finding.Severity == DiagnosticSeverity.Error);
            Assert.NotEqual(0, offset);
            int comment = after.Suppressions.Comments[0].Span.Start;
            Assert.Equal(after.Spec.Text.GetLinePosition(comment).Column, after.Spec.Text.GetLinePosition(after.Spec.Wheels[0].VersionValue!.Value.FieldSyntax.Span.Start).Column);
        }
    }

    [Fact]
    public void A_finding_is_suppressed_in_the_whole_spec()
    {
        foreach ((AnalysisResult result, int offset) in InAllForms("# A header.\n\npython_version: \"3.11\"\n" + Six.Replace("version:1", "$$version:1", StringComparison.Ordinal)))
        {
            AnalysisResult after = Analyze(Apply(result, Assert.Single(List(result, offset), static action => action.Title == "Suppress VPY2207 in this spec")), result.Spec.Path);
            Assert.DoesNotContain(after.Diagnostics, static finding => finding.Id == "VPY2207");
            Assert.Contains("# A header.", after.Spec.Text.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_code_joins_the_comment_that_speaks_of_its_element()
    {
        string spec = "python_version: \"3.11\"\nwheel: <\n  name: \"infra/python/wheels/six-py2_py3\"\n  # vpython: disable=VPY2201 -- old\n  version: \"$$version:1.10.0\"\n>\n";
        foreach ((AnalysisResult result, int offset) in Both(spec))
            Assert.Contains("# vpython: disable=VPY2201,VPY2207 -- old\n", Apply(result, Assert.Single(List(result, offset), static action => action.Title == "Suppress VPY2207 here")), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_safe_is_mended_at_once_and_the_rest_left()
    {
        foreach ((AnalysisResult result, int offset) in Both("python_version \"3.11\"\nwheel <$$\n  name \"infra/python/wheels/six-py2_py3\"\n  version: \"version:1.10.0\"\n>\n"))
        {
            string text = Apply(result, Find(result, offset, SpecActionKind.FixAll));
            Assert.Contains("python_version: \"3.11\"", text, StringComparison.Ordinal);
            Assert.Contains("  name: \"infra", text, StringComparison.Ordinal);
            Assert.Contains("1.10.0", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_spec_is_formatted_and_sorted()
    {
        foreach ((AnalysisResult result, int offset) in Both("python_version:   \"3.11\"\n" + Six.Replace("six-py2_py3", "zzz-py3", StringComparison.Ordinal) + "$$" + Six))
        {
            Assert.Contains("python_version: \"3.11\"", Apply(result, Find(result, offset, SpecActionKind.Format)), StringComparison.Ordinal);
            string sorted = Apply(result, Find(result, offset, SpecActionKind.Sort));
            Assert.True(sorted.IndexOf("six-py2_py3", StringComparison.Ordinal) < sorted.IndexOf("zzz-py3", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_spec_moves_out_of_its_script_with_its_comments()
    {
        string spec = "# For the bots.\npython_version: \"3.11\"\n\n" + Six.Replace("  version", "  # Old.\n  version", StringComparison.Ordinal) + "# The end.";
        string script = $"#!/usr/bin/env vpython3\n\n# [VPYTHON:BEGIN]\n{string.Concat(spec.Split('\n').Select(static line => $"# {line}".TrimEnd() + "\n"))}# [VPYTHON:END]\n\nimport six\n";
        AnalysisResult result = Analyze(script, "/src/tool.py");
        SpecActionChange change = Resolve(result, "Move the spec to tool.py.vpython3");
        var made = Assert.IsType<FileChange.Creation>(change.Files[0]);
        Assert.Equal(("/src/tool.py.vpython3", spec + "\n"), (made.Path, made.Text));
        var edit = Assert.IsType<FileChange.Edit>(change.Files[1]);
        Assert.Equal("#!/usr/bin/env vpython3\n\nimport six\n", edit.Before.WithChanges(edit.Changes).ToString());
        Assert.Equal("/src/.vpython3", Resolve(result, "Move the spec to .vpython3, for all scripts of the directory").Files[0].Path);
    }

    [Theory]
    [InlineData("#!/usr/bin/env vpython3\n# Copyright\n\nimport six\n", "#!/usr/bin/env vpython3\n# Copyright\n\n# [VPYTHON:BEGIN]\n", "# [VPYTHON:END]\n\nimport six\n")]
    [InlineData("import six\n", "# [VPYTHON:BEGIN]\n", "# [VPYTHON:END]\n\nimport six\n")]
    [InlineData("#!/usr/bin/env vpython3", "#!/usr/bin/env vpython3\n\n# [VPYTHON:BEGIN]\n", "# [VPYTHON:END]\n")]
    [InlineData("", "# [VPYTHON:BEGIN]\n", "# [VPYTHON:END]\n")]
    public void A_partner_spec_moves_into_its_script_and_back(string script, string begin, string end)
    {
        string spec = "# For the bots.\n\npython_version: \"3.11\"\n" + Six;
        AnalysisResult result = Analyze(spec, "/src/tool.py.vpython3", files: new MemoryFiles().With("/src/tool.py", script).With("/src/tool.py.vpython3", spec));
        SpecActionChange change = Resolve(result, "Move the spec into tool.py");
        var edit = Assert.IsType<FileChange.Edit>(change.Files[0]);
        string text = edit.Before.WithChanges(edit.Changes).ToString();
        Assert.StartsWith(begin, text, StringComparison.Ordinal);
        Assert.EndsWith(end, text, StringComparison.Ordinal);
        Assert.Equal(new FileChange.Deletion("/src/tool.py.vpython3"), change.Files[1]);
        var made = Assert.IsType<FileChange.Creation>(Resolve(Analyze(text, "/src/tool.py"), "Move the spec to tool.py.vpython3").Files[0]);
        Assert.Equal(spec, made.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("    ")]
    public void Out_of_a_docstring_a_spec_keeps_its_indentation(string indentation)
    {
        string[] lines = ["python_version: \"3.11\"", .. Six.TrimEnd('\n').Split('\n')];
        string script = string.Concat(lines.Prepend("[VPYTHON:BEGIN]").Append("[VPYTHON:END]").Select(line => $"{indentation}{line}\n"));
        AnalysisResult result = Analyze($"\"\"\"Does it.\n\n{script}\"\"\"\n", "/src/tool.py");
        var made = Assert.IsType<FileChange.Creation>(Resolve(result, "Move the spec to tool.py.vpython3").Files[0]);
        Assert.Equal(string.Concat(lines.Select(static line => $"{line}\n")), made.Text);
    }

    [Fact]
    public void What_no_comment_can_speak_of_is_suppressed_only_in_the_whole_spec()
    {
        AnalysisResult result = Analyze("python_version: \"3.11\" \n", "/src/.vpython3");
        Assert.Equal(["Suppress VPY4001 in this spec"], List(result, 23).Where(static action => action.Kind == SpecActionKind.Suppress).Select(static action => action.Title));
    }

    [Theory]
    [InlineData("# [VPYTHON:BEGIN]\n# wheel: <\n# [VPYTHON:END]\n", "", "the spec has errors")]
    [InlineData("# [VPYTHON:BEGIN]\n# python_version: \"3.11\"\n# [VPYTHON:END]\n", "/src/tool.py.vpython3", "tool.py.vpython3 is there already")]
    [InlineData("\"\"\"[VPYTHON:BEGIN]\n\"\"\"python_version: \"3.11\"\n\"\"\"[VPYTHON:END]\n", "", "the guards share their lines with other text")]
    public void A_move_that_would_lose_something_is_refused(string script, string present, string refusal)
    {
        var files = new MemoryFiles();
        if (present.Length > 0) files.With(present, "");
        AnalysisResult result = Analyze(script, "/src/tool.py", files: files);
        SpecAction action = List(result, result.Spec.Document.Region!.Span.Start).First(static action => action.Kind == SpecActionKind.Move);
        Assert.Equal(refusal, action.Refusal);
        Assert.Null(SpecActions.Resolve(result.Spec, result.Diagnostics, action.Key));
    }

    [Fact]
    public void A_script_that_has_a_spec_gets_no_second_one()
    {
        AnalysisResult result = Analyze("python_version: \"3.11\"\n", "/src/tool.py.vpython3", files: new MemoryFiles().With("/src/tool.py", "# [VPYTHON:BEGIN]\n# python_version: \"3.8\"\n# [VPYTHON:END]\n"));
        Assert.Equal("tool.py has a spec already", List(result, 0).First(static action => action.Title == "Move the spec into tool.py").Refusal);
    }

    [Fact]
    public void A_spec_that_would_end_early_between_guards_stays_where_it_is()
    {
        AnalysisResult result = Analyze("# Was between [VPYTHON:BEGIN] and\n# [VPYTHON:END]\npython_version: \"3.11\"\n", "/src/tool.py.vpython3", files: new MemoryFiles().With("/src/tool.py", "import os\n"));
        SpecAction action = List(result, 0).First(static action => action.Title == "Move the spec into tool.py");
        Assert.Equal("between guards it would not say the same", action.Refusal);
        Assert.Null(SpecActions.Resolve(result.Spec, result.Diagnostics, action.Key));
    }

    [Fact]
    public void Nothing_is_offered_in_the_script_around_a_spec()
    {
        AnalysisResult result = Analyze("import os\n\n# [VPYTHON:BEGIN]\n# python_version: \"3.11\"\n# [VPYTHON:END]\n", "/src/tool.py");
        Assert.Empty(List(result, 3));
        Assert.NotEmpty(List(result, 13));
    }

    [Theory]
    [InlineData("")]
    [InlineData("fix")]
    [InlineData("fix VPY2207 1 2 3 4")]
    [InlineData("upgrade -1")]
    [InlineData("suppress VPY9999 0 0")]
    [InlineData("toScript")]
    public void A_key_that_means_nothing_changes_nothing(string key)
    {
        AnalysisResult result = Analyze("python_version: \"3.11\"\n", "/src/.vpython3");
        Assert.Null(SpecActions.Resolve(result.Spec, result.Diagnostics, key));
    }

    [Fact]
    public void Every_action_that_is_offered_for_a_beginning_of_a_spec_can_be_done()
    {
        var random = new Random(3);
        foreach (CorpusFile file in CorpusFile.All.Where(static (_, index) => index % 29 == 0))
        {
            byte[] bytes = file.Bytes;
            for (int i = 0; i < 2; i++)
            {
                var text = SourceText.From(bytes.AsMemory(0, i == 0 ? bytes.Length : random.Next(bytes.Length + 1)), file.Kind == DocumentKind.Spec ? "/src/tool.py.vpython3" : "/src/tool.py");
                AnalysisResult result = Analyze(text, PackageCatalogue.BuiltIn, new MemoryFiles().With("/src/tool.py", "import os\n"));
                foreach (SpecAction action in SpecActions.List(result.Spec, result.Diagnostics, new(random.Next(text.Length + 1), 0)))
                {
                    SpecActionChange? change = SpecActions.Resolve(result.Spec, result.Diagnostics, action.Key);
                    Assert.True(change is null == action.Refusal is not null, $"{file.Name}: {action.Title}, with the refusal '{action.Refusal}'");
                    foreach (FileChange.Edit edit in change?.Files.OfType<FileChange.Edit>() ?? []) edit.Before.WithChanges(edit.Changes);
                }
            }
        }
    }

    private static IEnumerable<(AnalysisResult Result, int Offset)> Both(string marked, PackageCatalogue? catalogue = null)
    {
        foreach (CursorText text in CursorText.Both(marked, catalogue))
            yield return (SpecAnalyzer.Analyze(text.Spec.Document, text.Spec.Host, text.Spec.Settings), text.Offset);
    }

    private static IEnumerable<(AnalysisResult Result, int Offset)> InAllForms(string marked)
    {
        foreach (CursorText text in CursorText.InAllForms(marked))
            yield return (SpecAnalyzer.Analyze(text.Spec.Document, text.Spec.Host, text.Spec.Settings), text.Offset);
    }

    private static AnalysisResult Analyze(string text, string path, PackageCatalogue? catalogue = null, MemoryFiles? files = null) => Analyze(SourceText.From(text, path), catalogue, files);

    private static AnalysisResult Analyze(SourceText text, PackageCatalogue? catalogue = null, MemoryFiles? files = null)
    {
        SpecAnalysis spec = CursorText.Analyze(text, catalogue, files);
        return SpecAnalyzer.Analyze(spec.Document, spec.Host, spec.Settings);
    }

    private static ImmutableArray<SpecAction> List(AnalysisResult result, int offset) => SpecActions.List(result.Spec, result.Diagnostics, new(offset, 0));

    private static SpecAction Find(AnalysisResult result, int offset, SpecActionKind kind) => Assert.Single(List(result, offset), action => action.Kind == kind);

    private static SpecActionChange Resolve(AnalysisResult result, string title)
    {
        SpecAction action = Assert.Single(List(result, result.Spec.Document.Region!.Span.Start), action => action.Title == title);
        Assert.Null(action.Refusal);
        return SpecActions.Resolve(result.Spec, result.Diagnostics, action.Key)!;
    }

    /// <summary>The text of the file when an action is done that changes nothing else.</summary>
    private static string Apply(AnalysisResult result, SpecAction action)
    {
        SpecActionChange? change = SpecActions.Resolve(result.Spec, result.Diagnostics, action.Key);
        Assert.True(change is not null, action.Title);
        var edit = Assert.IsType<FileChange.Edit>(Assert.Single(change.Files));
        return edit.Before.WithChanges(edit.Changes).ToString();
    }
}
