using System.Collections.Immutable;
using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Features.Completion;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Tests.Analysis;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Completion;

public sealed class SpecCompletionTests
{
    [Theory]
    [InlineData("$$")]
    [InlineData("python_version: \"3.11\"\n$$")]
    [InlineData("wh$$")]
    [InlineData("wheel: <\n  name: \"a\"\n>\n$$\nwheel: <\n  name: \"b\"\n>")]
    [InlineData("wheel: < name: \"a\" >; $$")]
    [InlineData("wheel: <\n  name: \"a\"\n$$")]
    [InlineData("wheel: <\n  name: \"a\"\n\n$$\nwheel: <\n  name: \"b\"\n>")]
    public void Fields_of_the_spec_stand_between_its_fields(string marked) => Offers(marked, CompletionKind.Field, "wheel", "verify_pep425_tag");

    [Theory]
    [InlineData("wheel: <\n  $$\n>")]
    [InlineData("wheel: <\n  na$$\n>")]
    [InlineData("wheel: <\n  $$")]
    [InlineData("wheel {$$}")]
    [InlineData("wheel: [ <$$> ]")]
    [InlineData("wheel: < $$ version: \"1\" match_tag: <>")]
    public void Fields_of_a_wheel_stand_in_its_brackets(string marked) => Offers(marked, CompletionKind.Field, "name", "match_tag", "not_match_tag");

    [Fact]
    public void A_field_that_can_be_there_once_is_not_offered_again()
    {
        foreach (CursorText text in CursorText.InAllForms("wheel: <\n  name: \"a\"\n  $$\n>"))
            Assert.Equal(["version", "match_tag", "not_match_tag"], Labels(text, CompletionKind.Field));
    }

    [Theory]
    [InlineData("wheel: <\n  name: \"infra/python/wheels/six-py2_py3\"\n  match_tag: <\n    $$\n  >\n>")]
    [InlineData("verify_pep425_tag: { python: \"cp38\", $$ }")]
    public void Fields_of_a_tag_stand_in_its_brackets(string marked) => Offers(marked, CompletionKind.Field, "abi", "platform");

    [Fact]
    public void A_wheel_is_written_with_places_for_name_and_version()
    {
        Writes("whe$$", "wheel", """
            wheel: <
              name: "$1"
              version: "$2"
            >
            """);
    }

    [Fact]
    public void A_message_in_a_message_keeps_the_indentation()
    {
        Writes("wheel: <\n  match$$\n>", "match_tag", """
            wheel: <
              match_tag: <
                $0
              >
            >
            """);
    }

    [Fact]
    public void A_message_within_a_line_stays_on_it() => Writes("wheel: < match$$ >", "match_tag", "wheel: < match_tag: { $0 } >");

    [Theory]
    [InlineData("wheel: <\n  na$$: \"x\"\n>", "wheel: <\n  name: \"x\"\n>")]
    [InlineData("wheel: <\n  n$$am: \"x\"\n>", "wheel: <\n  name: \"x\"\n>")]
    public void Before_a_value_only_the_name_is_written(string marked, string expected) => Writes(marked, "name", expected);

    [Theory]
    [InlineData("yaml", "pyyaml-py3")]
    [InlineData("PyYAML", "pyyaml-py3")]
    [InlineData("pyy", "pyyaml-py3")]
    [InlineData("infra/python/wheels/pyy", "pyyaml-py3")]
    [InlineData("google_auth", "google-auth-py3")]
    [InlineData("auth", "google-auth-py3")]
    [InlineData("reqeusts", "requests-py2_py3")]
    [InlineData("psutil/${vpython_platform}", "psutil/${vpython_platform}")]
    public void Wheels_are_found_by_package_distribution_and_module(string typed, string expected)
    {
        PackageCatalogue catalogue = new SmallCatalogue()
            .Universal("pyyaml-py3", "6.0").Bringing("pyyaml-py3", "6.0", "yaml", "_yaml")
            .Universal("google-auth-py3", "2.16.2").Universal("requests-py2_py3", "2.31.0").Universal("six-py2_py3", "1.16.0")
            .Built("psutil/${vpython_platform}", "5.8.0", "manylinux-x64-py3.11").Open();
        foreach (CursorText text in CursorText.InAllForms($"wheel: <\n  name: \"{typed}$$\"\n>", catalogue))
        {
            CompletionList list = SpecCompletion.Complete(text.Spec, text.Offset);
            Assert.Equal(expected, list.Items[0].Label);
            Assert.True(list.IsIncomplete);
            Assert.Equal("infra/python/wheels/" + expected, list.Items[0].Change.NewText);
            Assert.Equal(typed, text.Spec.Text.ToString(list.Items[0].Change.Span));
        }
    }

    [Theory]
    [InlineData("name: $$", "name: \"infra/python/wheels/lxml/${vpython_platform}\"")]
    [InlineData("name: lx$$", "name: \"infra/python/wheels/lxml/${vpython_platform}\"")]
    [InlineData("name: \"lx$$", "name: \"infra/python/wheels/lxml/${vpython_platform}\"")]
    [InlineData("name: 'lx$$'", "name: 'infra/python/wheels/lxml/${vpython_platform}'")]
    public void A_name_gets_the_quotes_that_it_lacks(string field, string expected) =>
        Writes($"wheel: <\n  version: \"version:4.6.2\"\n  {field}\n>", "lxml/${vpython_platform}", $"wheel: <\n  version: \"version:4.6.2\"\n  {expected}\n>");

    [Fact]
    public void A_wheel_without_a_version_gets_the_newest_release_that_all_platforms_have()
    {
        Writes("python_version: \"3.8\"\nwheel: <\n  name: \"$$\"\n>", "psutil/${vpython_platform}", """
            python_version: "3.8"
            wheel: <
              name: "infra/python/wheels/psutil/${vpython_platform}"
              version: "version:5.8.0.chromium.3"
            >
            """);
    }

    [Fact]
    public void Wheels_of_Python_2_are_struck_out_and_last()
    {
        foreach (CursorText text in CursorText.InAllForms("wheel: <\n  name: \"requests$$\"\n>"))
        {
            CompletionList list = SpecCompletion.Complete(text.Spec, text.Offset);
            Assert.Equal(["requests-py2_py3", "requests-py2"], list.Items.Select(static item => item.Label));
            Assert.Equal([false, true], list.Items.Select(static item => item.IsDeprecated));
        }
    }

    [Fact]
    public void Versions_come_newest_first_with_the_platforms_that_have_them()
    {
        foreach (CursorText text in CursorText.InAllForms("wheel: <\n  name: \"infra/python/wheels/psutil/${vpython_platform}\"\n  version: \"$$\"\n>"))
        {
            CompletionList list = SpecCompletion.Complete(text.Spec, text.Offset);
            Assert.Equal(["version:5.9.0", "version:5.8.0.chromium.3"], list.Items.Select(static item => item.Label));
            Assert.StartsWith("not on linux-arm64-py3.8, ", list.Items[0].Detail, StringComparison.Ordinal);
            Assert.Equal("all platforms", list.Items[1].Detail);
            Assert.Equal([false, true], list.Items.Select(static item => item.IsPreselected));
            Assert.False(list.IsIncomplete);
        }
    }

    [Theory]
    [InlineData("\"version:5$$\"", "version:5.9.0")]
    [InlineData("\"5.9$$\"", "5.9.0")]
    [InlineData("$$", "version:5.9.0")]
    public void A_version_is_found_with_and_without_its_key(string value, string expectedFilter)
    {
        foreach (CursorText text in CursorText.InAllForms($"wheel: <\n  version: {value}\n  name: \"infra/python/wheels/psutil/${{vpython_platform}}\"\n>"))
            Assert.Equal(expectedFilter, SpecCompletion.Complete(text.Spec, text.Offset).Items[0].FilterText);
    }

    [Theory]
    [InlineData("psutil/${$$", "psutil/${vpython_platform}")]
    [InlineData("psutil/${$$}", "psutil/${vpython_platform}")]
    [InlineData("psutil/${vpy$$thon}", "psutil/${vpython_platform}")]
    [InlineData("psutil/${v$$=a,b}", "psutil/${vpython_platform=a,b}")]
    public void Variables_are_completed_within_their_braces(string name, string expected) =>
        Writes($"wheel: < name: \"{name}\" >", "vpython_platform", $"wheel: < name: \"{expected}\" >");

    [Fact]
    public void A_dollar_sign_begins_a_variable()
    {
        var text = CursorText.Parse("wheel: < name: \"psutil/$$$\" >", "/src/.vpython3");
        CompletionItem item = SpecCompletion.Complete(text.Spec, text.Offset).Items[0];
        Assert.Equal("wheel: < name: \"psutil/${vpython_platform}\" >", text.Spec.Text.WithChanges([item.Change]).ToString());
    }

    [Fact]
    public void A_variable_can_be_limited_to_its_values()
    {
        foreach (CursorText text in CursorText.InAllForms("wheel: < name: \"tools/${os=linux,$$}\" >"))
            Assert.Equal(["linux", "mac", "windows"], Labels(text, CompletionKind.TemplateValue));
    }

    [Theory]
    [InlineData("platform: \"$$\"", "win_amd64")]
    [InlineData("platform: \"macosx_11$$\"", "macosx_11_0_arm64")]
    [InlineData("python: \"$$\"", "cp311")]
    [InlineData("abi: $$", "none")]
    public void Parts_of_tags_have_the_values_of_platforms(string field, string expected) =>
        Offers($"wheel: <\n  not_match_tag: <\n    {field}\n  >\n>", CompletionKind.Tag, expected);

    [Fact]
    public void A_wheel_can_be_kept_from_a_machine() => Writes("wheel: <\n  not$$\n>", "not_match_tag windows-x64", """
        wheel: <
          not_match_tag: <
            platform: "win_amd64"
          >
        >
        """);

    [Fact]
    public void A_platform_can_be_verified() => Writes("verify$$", "verify_pep425_tag mac-arm64-py3.11", """
        verify_pep425_tag: <
          python: "cp311"
          abi: "cp311"
          platform: "macosx_11_0_arm64"
        >
        """);

    [Theory]
    [InlineData("python_version: \"$$\"")]
    [InlineData("python_version: $$")]
    [InlineData("python_version: \"3.$$\"")]
    [InlineData("python_version:$$\nwheel: < name: \"a\" >")]
    public void Versions_of_Python_are_those_of_the_platforms(string marked)
    {
        foreach (CursorText text in CursorText.InAllForms(marked)) Assert.Equal(["3.11", "3.8", "3"], Labels(text, CompletionKind.Python));
    }

    [Theory]
    [InlineData("google-auth$$")]
    [InlineData("google-au$$")]
    [InlineData("google-$$")]
    [InlineData("google_auth$$")]
    public void A_wheel_is_found_by_the_whole_of_a_name_with_hyphens(string marked)
    {
        PackageCatalogue catalogue = new SmallCatalogue().Universal("google-auth-py3", "2.16.2").Open();
        Writes(marked, "google-auth", """
            wheel: <
              name: "infra/python/wheels/google-auth-py3"
              version: "version:2.16.2"
            >
            """, catalogue);
    }

    [Theory]
    [InlineData("verify_pep425_tag $$")]
    [InlineData("requests $$")]
    [InlineData("wheel: <\n  name $$\n>")]
    public void Behind_the_name_of_a_field_stands_no_other_field(string marked)
    {
        foreach (CursorText text in CursorText.InAllForms(marked)) Assert.Empty(Labels(text, CompletionKind.Field));
    }

    [Fact]
    public void A_bundle_brings_what_its_wheel_needs_and_the_spec_has_not()
    {
        PackageCatalogue catalogue = new SmallCatalogue().Universal("rsa-py3", "4.7.2", "pyasn1>=0.1.3", "six").Universal("pyasn1-py2_py3", "0.4.8").Universal("six-py2_py3", "1.16.0").Open();
        const string Spec = "python_version: \"3.11\"\nwheel: <\n  name: \"infra/python/wheels/six-py2_py3\"\n  version: \"version:1.16.0\"\n>\n";
        Writes(Spec + "rs$$", "rsa with what it needs", Spec + """
            wheel: <
              name: "infra/python/wheels/rsa-py3"
              version: "version:4.7.2"
            >
            # via rsa
            wheel: <
              name: "infra/python/wheels/pyasn1-py2_py3"
              version: "version:0.4.8"
            >
            """, catalogue);
    }

    [Fact]
    public void A_bundle_says_which_version_is_known_to_need_what_this_one_may_not()
    {
        PackageCatalogue catalogue = new SmallCatalogue().Universal("pyasn1-py2_py3", "0.4.8").Universal("rsa-py3", "3.0", "pyasn1").Built("rsa-py3", "4.7.2", [.. PlatformTable.Default.Platforms.Select(static platform => platform.Name)]).Open();
        foreach (CursorText text in CursorText.InAllForms("rsa$$", catalogue))
        {
            CompletionItem bundle = SpecCompletion.Complete(text.Spec, text.Offset).Items.First(static item => item.Kind == CompletionKind.Bundle);
            Assert.Contains("# via rsa (as of 3.0)", bundle.Change.NewText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_wheel_that_is_there_is_not_offered_again()
    {
        foreach (CursorText text in CursorText.InAllForms("wheel: < name: \"infra/python/wheels/six-py2_py3\" version: \"version:1.16.0\" >\nsix$$"))
            Assert.Empty(Labels(text, CompletionKind.WheelBlock));
    }

    [Theory]
    [InlineData("# vpython: disable=$$\nwheel: < name: \"a\" >", "VPY2301", "all")]
    [InlineData("# vpython: disable-file=VPY2302, VPY$$\nwheel: < name: \"a\" >", "VPY2301")]
    [InlineData("wheel: < # vpython: disable=VPY2$$\n>", "VPY2301")]
    public void Codes_are_offered_in_a_comment_that_suppresses(string marked, params string[] expected) => Offers(marked, CompletionKind.DiagnosticCode, expected);

    [Theory]
    [InlineData("# whe$$")]
    [InlineData("# vpython: disable=VPY2301 -- wh$$\nwheel: < name: \"a\" >")]
    [InlineData("python_version: \"3.11\" # $$")]
    [InlineData("wheel: < unknown: \"$$\" >")]
    [InlineData("wheel: < name: 5.$$4 >")]
    [InlineData("wheel: < unknown: < $$ > >")]
    public void Nothing_is_offered_where_nothing_is_known(string marked)
    {
        foreach (CursorText text in CursorText.InAllForms(marked)) Assert.Empty(SpecCompletion.Complete(text.Spec, text.Offset).Items.Where(static item => item.Kind != CompletionKind.Wheel));
    }

    [Theory]
    [InlineData("$$#!/usr/bin/env vpython3\n# [VPYTHON:BEGIN]\n# wheel: <>\n# [VPYTHON:END]\n")]
    [InlineData("# [VPYTHON:BEGIN]\n#$$ wheel: <>\n# [VPYTHON:END]\n")]
    [InlineData("# [VPYTHON:BEGIN]\n# wheel: <>\n$$# [VPYTHON:END]\n")]
    [InlineData("# [VPYTHON:BEGIN]\n# wheel: <>\n# [VPYTHON:END]\nwh$$\n")]
    [InlineData("import os\nwh$$\n")]
    [InlineData("table = names[V$$\n")]
    public void Nothing_is_offered_in_the_script_around_a_spec(string marked)
    {
        var text = CursorText.Parse(marked, "/src/tool.py");
        Assert.Empty(SpecCompletion.Complete(text.Spec, text.Offset).Items);
    }

    [Theory]
    [InlineData("# [VPY$$\nimport os\n", "# ")]
    [InlineData("import os\n  // [vpython$$:BEG]\n", "  // ")]
    [InlineData("\"\"\"\n[V$$\n\"\"\"\n", "")]
    public void A_script_gets_an_empty_spec_behind_the_sign_of_its_comments(string marked, string prefix)
    {
        var text = CursorText.Parse(marked, "/src/tool.py");
        CompletionItem item = Assert.Single(SpecCompletion.Complete(text.Spec, text.Offset).Items);
        Assert.True(item.IsSnippet);
        string expected = string.Join("\n" + prefix, "[VPYTHON:BEGIN]", "python_version: \"${1:3.11}\"", "wheel: <", "  name: \"$2\"", "  version: \"$3\"", ">", "[VPYTHON:END]");
        Assert.Equal(expected, item.Change.NewText);
        var document = SpecDocument.Parse(text.Spec.Text.WithChanges([item.Change]), DocumentKind.Script);
        Assert.NotNull(document.Region?.EndGuard);
        Assert.Empty(document.Diagnostics);
    }

    [Fact]
    public void A_spec_that_does_not_end_in_its_script_gets_its_end()
    {
        var text = CursorText.Parse("# [VPYTHON:BEGIN]\n# python_version: \"3.11\"\n# [VPY$$\nimport os\n", "/src/tool.py");
        Assert.Equal("[VPYTHON:END]", Assert.Single(SpecCompletion.Complete(text.Spec, text.Offset).Items).Change.NewText);
    }

    [Theory]
    [InlineData("#$$")]
    [InlineData("# $$")]
    [InlineData("$$")]
    public void A_line_of_a_script_gets_the_comment_prefix_that_it_lacks(string line)
    {
        var text = CursorText.Parse($"# [VPYTHON:BEGIN]\n# python_version: \"3.11\"\n{line}\n# [VPYTHON:END]\n", "/src/tool.py");
        CompletionItem wheel = SpecCompletion.Complete(text.Spec, text.Offset).Items.First(static item => item.Label == "wheel");
        string[] lines = text.Spec.Text.WithChanges([wheel.Change]).ToString().Split('\n');
        Assert.Equal(["# wheel: <", "#   name: \"$1\"", "#   version: \"$2\"", "# >", "# [VPYTHON:END]"], lines[2..7]);
    }

    [Theory]
    [InlineData("label: $$", "LABEL_REPEATED")]
    [InlineData("label: LAB$$ name: \"x\"", "LABEL_OPTIONAL")]
    [InlineData("proto3_optional: $$", "true", "false")]
    [InlineData("options < deprecated: t$$ >", "true")]
    [InlineData("options < $$ >", "deprecated", "targets")]
    public void Any_schema_gives_its_fields_and_values(string marked, params string[] expected)
    {
        int cursor = marked.IndexOf("$$", StringComparison.Ordinal);
        var tree = SyntaxTree.Parse(SpecDocument.Parse(SourceText.From(marked.Remove(cursor, 2), "/src/field.txtpb"), DocumentKind.TextFormat));
        string[] labels = [.. SpecCompletion.Complete(tree, FieldDescriptorProto.Descriptor, cursor).Items.Select(static item => item.Label)];
        Assert.All(expected, label => Assert.Contains(label, labels));
    }

    [Fact]
    public void Items_say_what_there_is_to_know_of_them_when_asked()
    {
        CursorText[] texts =
        [
            .. CursorText.InAllForms("wheel: < name: \"$$\" >"), .. CursorText.InAllForms("wheel: < name: \"infra/python/wheels/six-py2_py3\" version: \"$$\" >"),
            .. CursorText.InAllForms("wheel: < name: \"a/${$$\" >"), .. CursorText.InAllForms("$$"), .. CursorText.InAllForms("# vpython: disable=$$\n"),
        ];
        foreach (CursorText text in texts)
        {
            CompletionItem[] described = [.. SpecCompletion.Complete(text.Spec, text.Offset).Items.Where(static item => item.Key.Length > 0)];
            Assert.NotEmpty(described);
            Assert.All(described, item => Assert.False(string.IsNullOrEmpty(SpecCompletion.Describe(text.Spec, item.Key)), item.Key));
        }
        Assert.Null(SpecCompletion.Describe(texts[0].Spec, "version:nothing"));
        Assert.Contains("There is no dependency resolution", SpecCompletion.Describe(texts[0].Spec, "field:vpython.Spec.wheel"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: \"$$psutil/${vpython_platform}\"\n  version: \"version:5.9.0\"", "six-py2_py3", "version:1.16.0")]
    [InlineData("version: \"version:5.9.0\"\n  name: \"$$\"", "six-py2_py3", "version:1.16.0")]
    [InlineData("name: \"$$\"\n  version: \"version:1.15.0\"", "six-py2_py3", "version:1.15.0")]
    [InlineData("name: \"$$\"\n  version: \"latest\"", "six-py2_py3", "latest")]
    [InlineData("name: \"infra/python/wheels/six-py2_py3$$\"\n  version: \"version:1.14.0\"", "six-py2_py3", "version:1.14.0")]
    public void Another_wheel_brings_a_version_of_its_own_where_it_has_not_this_one(string fields, string label, string expected)
    {
        foreach (CursorText text in CursorText.InAllForms($"wheel: <\n  {fields}\n>"))
        {
            CompletionItem item = Assert.Single(SpecCompletion.Complete(text.Spec, text.Offset).Items, item => item.Label == label);
            SpecAnalysis after = text.Spec.With(text.Spec.Text.WithChanges([item.Change, .. item.AdditionalChanges]));
            Assert.Equal(("infra/python/wheels/" + label, expected), (Assert.Single(after.Wheels).Name, after.Wheels[0].Version.Text));
        }
    }

    [Theory]
    [InlineData("# v$$", "vpython: disable=", "vpython: disable-file=", "vpython-fmt: off", "vpython-fmt: on")]
    [InlineData("## vpython: disable-$$", "vpython: disable-file=")]
    [InlineData("# vpython-fmt: o$$ff", "vpython-fmt: off", "vpython-fmt: on")]
    [InlineData("# $$")]
    [InlineData("# very $$")]
    public void Comments_that_tools_read_are_offered_when_they_begin_so(string comment, params string[] expected)
    {
        foreach (CursorText text in CursorText.InAllForms($"wheel: <\n  {comment}\n  name: \"a\"\n>"))
        {
            ImmutableArray<CompletionItem> items = SpecCompletion.Complete(text.Spec, text.Offset).Items;
            Assert.Equal(expected, items.Select(static item => item.Label));
            foreach (CompletionItem item in items)
            {
                string line = text.Spec.Text.WithChanges([item.Change]).ToString().Split('\n').Single(line => line.Contains(item.Label, StringComparison.Ordinal));
                Assert.EndsWith("# " + item.Label, line.TrimEnd());
            }
        }
    }

    [Theory]
    [InlineData("wheel {\n  name: \"a\"\n  match$$\n}", "match_tag: {")]
    [InlineData("wheel: <\n  name: \"a\"\n  match$$\n>", "match_tag: <")]
    public void Brackets_are_those_around_where_the_style_keeps_them(string marked, string expected)
    {
        var workspace = new MemoryWorkspace { Settings = new() { ["vpython_brackets"] = "keep" } };
        foreach (MarkedSpec spec in MarkedSpec.InAllForms(marked, workspace: workspace))
            Assert.StartsWith(expected, SpecCompletion.Complete(spec.Analysis, spec.Cursor).Items.Single(static item => item.Label == "match_tag").Change.NewText);
    }

    /// <summary>The catalogue knows what <c>opencv</c> brings, and has the package <c>opencv_python</c>.</summary>
    [Fact]
    public void A_module_of_a_distribution_that_is_published_under_a_longer_name_is_found()
    {
        foreach (CursorText text in CursorText.Both("wheel: <\n  name: \"cv2$$\"\n>", PackageCatalogue.BuiltIn))
            Assert.Equal("opencv_python/${vpython_platform}", Labels(text, CompletionKind.Wheel)[0]);
        Assert.Contains(PackageCatalogue.BuiltIn.FindModule("cv2"), static distribution => distribution.Packages.Any(static package => package.Name == "infra/python/wheels/opencv_python/${vpython_platform}"));
    }

    private static void Offers(string marked, CompletionKind kind, params string[] expected)
    {
        foreach (CursorText text in CursorText.InAllForms(marked))
        {
            string[] labels = Labels(text, kind);
            Assert.All(expected, label => Assert.True(labels.Contains(label), $"{label} is not among [{string.Join(", ", labels)}] in\n{text.Text}"));
        }
    }

    private static string[] Labels(CursorText text, CompletionKind kind) =>
        [.. SpecCompletion.Complete(text.Spec, text.Offset).Items.Where(item => item.Kind == kind).Select(static item => item.Label)];

    /// <summary>Checks what a text becomes when an item is chosen, in every form.</summary>
    private static void Writes(string marked, string label, string expected, PackageCatalogue? catalogue = null)
    {
        foreach ((CursorText text, CursorText result) in CursorText.InAllForms(marked, catalogue).Zip(CursorText.InAllForms(expected + "$$", catalogue)))
        {
            CompletionItem[] items = [.. SpecCompletion.Complete(text.Spec, text.Offset).Items];
            CompletionItem? item = items.FirstOrDefault(item => item.Label == label);
            Assert.True(item is not null, $"{label} is not among [{string.Join(", ", items.Select(static item => item.Label))}] in\n{text.Text}");
            // A text without line breaks does not say which ones it has.
            string lines = text.Text.Contains('\n', StringComparison.Ordinal) ? result.Text : result.Text.Replace("\r\n", "\n", StringComparison.Ordinal);
            Assert.Equal(lines.TrimEnd(), text.Spec.Text.WithChanges([item.Change, .. item.AdditionalChanges]).ToString().TrimEnd());
        }
    }
}
