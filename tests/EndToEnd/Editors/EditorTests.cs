using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Editors;

/// <summary>Real editors with the configuration that editors/README.md gives, driven by scripts: what they show and do with the native server.</summary>
public sealed class EditorTests : IDisposable
{
    private const string Spec =
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >

        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Neovim_shows_findings_completes_mends_and_lays_out() =>
        Drive(Requirement.Tool("nvim"), "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", ScriptOf("neovim.lua"));

    [Fact]
    public void Emacs_shows_findings_completes_mends_and_lays_out()
    {
        string emacs = Requirement.Tool("emacs");
        ProcessRun hasEglot = ProcessRun.Of(
            emacs,
            ["-Q", "--batch", "--eval", "(dolist (d (file-expand-wildcards \"/usr/share/emacs/site-lisp/elpa*/*\")) (add-to-list 'load-path d))", "--eval", "(kill-emacs (if (require 'eglot nil t) 0 3))"]);
        Requirement.Met(hasEglot.ExitCode == 0, "Emacs has no eglot: the Debian package 'elpa-eglot' is not installed");
        Drive(emacs, "-Q", "--batch", "-l", ScriptOf("eglot.el"));
    }

    private static string ScriptOf(string name) => Path.Combine(SharedData.ProjectRoot, "tests", "EndToEnd", "Editors", name);

    private void Drive(string editor, params string[] arguments)
    {
        string file = _directory.Write("project/.vpython3", Spec);
        ProcessRun run = ProcessRun.Of(editor, arguments, _directory.Combine("project"), new Dictionary<string, string?>
        {
            ["SERVER"] = NativeExecutable.LanguageServer,
            ["FILE"] = file,
            ["HOME"] = _directory.Path,
            ["XDG_CONFIG_HOME"] = _directory.Path,
            ["XDG_STATE_HOME"] = _directory.Path,
            ["XDG_DATA_HOME"] = _directory.Path,
            ["XDG_CACHE_HOME"] = _directory.Path,
            ["VPYTHON_CATALOGUE"] = null,
        });
        Assert.True(run.ExitCode == 0 && run.Output.Contains("\nOK\n", StringComparison.Ordinal), $"{run.Output}\n{run.Error}");
    }
}
