using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments;

/// <summary>The activation scripts, sourced by the shells that they are for.</summary>
public sealed class ActivationScriptsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _environment;

    public ActivationScriptsTests()
    {
        InterpreterFacts facts = DebianPython.Facts;
        _environment = _directory.Combine("an environment");
        Outcome.Value(VirtualEnvironmentLayout.Write(_environment, _environment, facts));
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("dash")]
    public void A_shell_of_the_Bourne_family_enters_and_leaves(string shell) => EntersAndLeaves(
        shell,
        """
        set -eu
        PS1="$PROMPT_TEXT"
        . "$ENVIRONMENT/bin/activate"
        echo "$VIRTUAL_ENV|$VIRTUAL_ENV_PROMPT|$(command -v python)|${PYTHONHOME-unset}|$PS1"
        python -c 'import sys; print(sys.prefix)'
        deactivate
        echo "${VIRTUAL_ENV-unset}|${VIRTUAL_ENV_PROMPT-unset}|$PATH|$PYTHONHOME|$PS1"
        if command -v deactivate; then echo still there; fi
        """);

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    public void Entering_twice_is_entering_once(string shell)
    {
        ProcessRun run = Run(shell, "-c", """PS1="$PROMPT_TEXT"; . "$ENVIRONMENT/bin/activate"; . "$ENVIRONMENT/bin/activate"; echo "$PATH|$PS1"; deactivate; echo "$PATH|$PS1" """);
        Assert.Equal($"{_environment}/bin:/usr/bin:/bin|(an environment) prompt>\n/usr/bin:/bin|prompt>\n", run.Output);
    }

    [Fact]
    public void Bash_can_be_told_to_leave_the_prompt_alone() =>
        Assert.Equal("prompt>\n", Run("bash", "-c", """PS1="$PROMPT_TEXT"; VIRTUAL_ENV_DISABLE_PROMPT=1; . "$ENVIRONMENT/bin/activate"; echo "$PS1" """).Output);

    [Fact]
    public void Fish_enters_and_leaves() => EntersAndLeaves(
        "fish",
        """
        function fish_prompt; echo $PROMPT_TEXT; end
        source "$ENVIRONMENT/bin/activate.fish"
        set -q PYTHONHOME; and set home $PYTHONHOME; or set home unset
        echo "$VIRTUAL_ENV|$VIRTUAL_ENV_PROMPT|"(command -v python)"|$home|"(fish_prompt)
        python -c 'import sys; print(sys.prefix)'
        deactivate
        set -q VIRTUAL_ENV; and set left $VIRTUAL_ENV; or set left unset
        set -q VIRTUAL_ENV_PROMPT; and set prompt $VIRTUAL_ENV_PROMPT; or set prompt unset
        echo "$left|$prompt|"(string join : $PATH)"|$PYTHONHOME|"(fish_prompt)
        functions -q deactivate; and echo still there; or true
        """);

    [Fact]
    public void Csh_enters_and_leaves() => EntersAndLeaves(
        "tcsh",
        """
        set prompt = "$PROMPT_TEXT"
        source "$ENVIRONMENT/bin/activate.csh"
        if ( $?PYTHONHOME ) then
            set seen = "$PYTHONHOME"
        else
            set seen = unset
        endif
        echo "$VIRTUAL_ENV|$VIRTUAL_ENV_PROMPT|`which python`|$seen|$prompt"
        python -c 'import sys; print(sys.prefix)'
        deactivate
        if ( $?VIRTUAL_ENV ) echo still in
        echo "unset|unset|$PATH|$PYTHONHOME|$prompt"
        """,
        "-f");

    private void EntersAndLeaves(string shell, string script, params string[] options)
    {
        // A script file, since tcsh knows no loops and branches on its command line.
        string path = _directory.Write("script", script + "\n");
        ProcessRun run = Run(shell, [.. options, path]);
        Assert.Equal(
            $"""
            {_environment}|(an environment) |{_environment}/bin/python|unset|(an environment) prompt>
            {_environment}
            unset|unset|/usr/bin:/bin|/usr|prompt>

            """,
            run.Output);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    private ProcessRun Run(string shell, params string[] arguments) => ProcessRun.Of(
        Requirement.Tool(shell),
        arguments,
        environment: new Dictionary<string, string?>
        {
            ["PATH"] = "/usr/bin:/bin",
            ["HOME"] = _directory.Path,
            ["PYTHONHOME"] = "/usr",
            ["PROMPT_TEXT"] = "prompt>", // A shell that is not interactive takes no PS1 from outside.
            ["ENVIRONMENT"] = _environment,
            ["LC_ALL"] = "C.UTF-8",
        },
        clearEnvironment: true);
}
