using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Tests.Analysis;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class DocumentLinksTests
{
    private static readonly MemoryWorkspace _workspace = new()
    {
        Files = new MemoryFiles().With("/src/.git", "").With("/src/tools/x.py", "").With("/src/a/b/run.py", "").With("/src/a/schema/spec.proto", "").With("/etc/passwd", ""),
    };

    [Fact]
    public void Names_and_versions_lead_to_CIPD()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            python_version: "3.11"
            wheel: <name: "[|infra/python/wheels/six-py2_py3|]" version: "[|version:2@1.15.0|]">
            wheel: <
              name: "[|infra/python/wheels/psutil/${vpython_platform}|]"
              version: "[|version:5.8.0.chromium.3|]"
              match_tag: <platform: "win_amd64">
            >
            wheel: <name: "Infra/Bad" version: "version:1">
            wheel: <name: [|"a" "/b"|] version: "no version!">
            wheel: <name: "${os}" version: "[|latest|]">
            """))
        {
            DocumentLink[] links = [.. DocumentLinks.Of(spec.Analysis)];
            Assert.Equal(spec.Spans, links.Select(static link => link.Span));
            Assert.Equal(
                [
                    "infra/python/wheels/six-py2_py3",
                    "infra/python/wheels/six-py2_py3/+/version:2@1.15.0",
                    "infra/python/wheels/psutil",
                    "infra/python/wheels/psutil/windows-amd64_cp311_cp311/+/version:5.8.0.chromium.3",
                    "a/b",
                    "mac/+/latest",
                ],
                links.Select(static link => link.Target.Replace("https://chrome-infra-packages.appspot.com/p/", "", StringComparison.Ordinal)).Select(static target => target.Replace("linux/+", "mac/+", StringComparison.Ordinal)));
            Assert.All(links, static link => Assert.Equal(DocumentLinkKind.Page, link.Kind));
        }
    }

    [Fact]
    public void Characters_that_mean_something_in_addresses_are_escaped()
    {
        DocumentLink link = DocumentLinks.Of(MarkedSpec.Analyze("wheel: <name: \"a\" version: \"k:a b?c\">wheel: <name: \"a\" version: \"k:a b~/c\">", "/src/.vpython3"))[^1];
        Assert.EndsWith("/p/a/+/k:a%20b~%2Fc", link.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_in_comments_lead_to_files_that_are_there()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms(
            """
            # proto-file: [|schema/spec.proto|]
            # Used by: [|//tools/x.py|], `[|b/run.py|]`.
            #   [|tools/x.py|]
            # //tools/y.py /etc/passwd ../../etc/passwd https://x.y/tools/x.py etc/passwd tools . / // ### 3.11
            wheel: <> # [|//tools/x.py|]:
            """,
            "/src/a",
            _workspace))
        {
            DocumentLink[] links = [.. DocumentLinks.Of(spec.Analysis)];
            Assert.Equal(spec.Spans, links.Select(static link => link.Span));
            Assert.Equal(["/src/a/schema/spec.proto", "/src/tools/x.py", "/src/a/b/run.py", "/src/tools/x.py", "/src/tools/x.py"], links.Select(static link => link.Target));
        }
    }

    [Fact]
    public void Without_a_repository_no_path_leads_upwards()
    {
        var workspace = new MemoryWorkspace { Files = new MemoryFiles().With("/src/a/x.py", "").With("/etc/passwd", "") };
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("# ../etc/passwd [|a/x.py|] a/../../etc/passwd\nwheel: <>", "/src", workspace))
            Assert.Equal(spec.Spans, DocumentLinks.Of(spec.Analysis).Select(static link => link.Span));
    }

    [Fact]
    public void Links_of_any_text_are_in_order() => BrokenTexts.Check(static (spec, _) =>
    {
        int start = 0;
        foreach (DocumentLink link in DocumentLinks.Of(spec))
        {
            Assert.True(link.Span.Start >= start && link.Span.End <= spec.Text.Length);
            Assert.True(link.Kind == DocumentLinkKind.File || Uri.IsWellFormedUriString(link.Target, UriKind.Absolute), link.Target);
            start = link.Span.Start;
        }
    });

    [Fact]
    public void A_script_and_its_spec_lead_to_each_other()
    {
        var workspace = new MemoryWorkspace { Files = new MemoryFiles().With("/a/x.py", "#!/usr/bin/env vpython3 -u\n").With("/a/x.py.vpython3", "") };
        var script = MarkedSpec.Parse("", "#!/usr/bin/env [|vpython3|] -u\n", "/a/x.py", workspace);
        DocumentLink link = Assert.Single(DocumentLinks.Of(script.Analysis));
        Assert.Equal((script.Spans[0], DocumentLinkKind.File, "/a/x.py.vpython3"), (link.Span, link.Kind, link.Target));
        var partner = MarkedSpec.Parse("", "# A comment.\n[|python_version|]: \"3.11\"\n", "/a/x.py.vpython3", workspace);
        link = Assert.Single(DocumentLinks.Of(partner.Analysis));
        Assert.Equal((partner.Spans[0], DocumentLinkKind.File, "/a/x.py"), (link.Span, link.Kind, link.Target));
    }
}
