using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// The scripts that people source to work inside an environment. They set and restore what the ones of venv do (<c>VIRTUAL_ENV</c>,
/// <c>VIRTUAL_ENV_PROMPT</c>, <c>PATH</c>, <c>PYTHONHOME</c>, the prompt, <c>deactivate</c>, <c>VIRTUAL_ENV_DISABLE_PROMPT</c>), so that
/// prompts and editors recognise them.
/// </summary>
internal static class ActivationScripts
{
    /// <summary>The scripts: file names and texts.</summary>
    /// <param name="environment">The directory where the environment will be; without quotes, dollar signs and other characters that a
    /// shell acts upon.</param>
    /// <param name="facts">The interpreter that the environment is for.</param>
    public static IEnumerable<(string Name, string Text)> For(string environment, InterpreterFacts facts)
    {
        string prompt = Path.GetFileName(Path.TrimEndingDirectorySeparator(environment));
        string scripts = facts.Scheme.Scripts;
        if (facts.Host.Platform == "win32")
        {
            yield return ("activate.bat", Batch(environment, scripts, prompt).ReplaceLineEndings("\r\n"));
            yield return ("deactivate.bat", BatchDeactivate.ReplaceLineEndings("\r\n"));
        }
        else
        {
            yield return ("activate", Posix(environment, scripts, prompt));
            yield return ("activate.csh", Csh(environment, scripts, prompt));
            yield return ("activate.fish", Fish(environment, scripts, prompt));
        }
        yield return ("Activate.ps1", PowerShell(scripts));
    }

    private static string Posix(string environment, string scripts, string prompt) =>
        $$"""
        # For sh, bash, zsh and ksh; source it: . {{scripts}}/activate

        deactivate () {
            if [ -n "${_OLD_VIRTUAL_PATH+set}" ]; then
                PATH="$_OLD_VIRTUAL_PATH"
                export PATH
                unset _OLD_VIRTUAL_PATH
            fi
            if [ -n "${_OLD_VIRTUAL_PYTHONHOME+set}" ]; then
                PYTHONHOME="$_OLD_VIRTUAL_PYTHONHOME"
                export PYTHONHOME
                unset _OLD_VIRTUAL_PYTHONHOME
            fi
            if [ -n "${_OLD_VIRTUAL_PS1+set}" ]; then
                PS1="$_OLD_VIRTUAL_PS1"
                unset _OLD_VIRTUAL_PS1
            fi
            unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
            # The shell remembers where it found commands.
            hash -r 2>/dev/null || true
            if [ "${1-}" != keep ]; then
                unset -f deactivate
            fi
        }

        # Leave an environment that is active already.
        deactivate keep

        VIRTUAL_ENV='{{environment}}'
        VIRTUAL_ENV_PROMPT='({{prompt}}) '
        export VIRTUAL_ENV VIRTUAL_ENV_PROMPT

        _OLD_VIRTUAL_PATH="$PATH"
        PATH="$VIRTUAL_ENV/{{scripts}}:$PATH"
        export PATH

        if [ -n "${PYTHONHOME+set}" ]; then
            _OLD_VIRTUAL_PYTHONHOME="$PYTHONHOME"
            unset PYTHONHOME
        fi

        if [ -z "${VIRTUAL_ENV_DISABLE_PROMPT-}" ]; then
            _OLD_VIRTUAL_PS1="${PS1-}"
            PS1="$VIRTUAL_ENV_PROMPT${PS1-}"
        fi

        hash -r 2>/dev/null || true

        """;

    private static string Fish(string environment, string scripts, string prompt) =>
        $$"""
        # For fish; source it: source {{scripts}}/activate.fish

        function deactivate --description 'Leave the virtual environment'
            if set -q _OLD_VIRTUAL_PATH
                set -gx PATH $_OLD_VIRTUAL_PATH
                set -e _OLD_VIRTUAL_PATH
            end
            if set -q _OLD_VIRTUAL_PYTHONHOME
                set -gx PYTHONHOME $_OLD_VIRTUAL_PYTHONHOME
                set -e _OLD_VIRTUAL_PYTHONHOME
            end
            if functions -q _old_fish_prompt
                functions -e fish_prompt
                functions -c _old_fish_prompt fish_prompt
                functions -e _old_fish_prompt
            end
            set -e VIRTUAL_ENV
            set -e VIRTUAL_ENV_PROMPT
            if test "$argv[1]" != keep
                functions -e deactivate
            end
        end

        # Leave an environment that is active already.
        deactivate keep

        set -gx VIRTUAL_ENV '{{environment}}'
        set -gx VIRTUAL_ENV_PROMPT '({{prompt}}) '

        set -g _OLD_VIRTUAL_PATH $PATH
        set -gx PATH "$VIRTUAL_ENV/{{scripts}}" $PATH

        if set -q PYTHONHOME
            set -g _OLD_VIRTUAL_PYTHONHOME $PYTHONHOME
            set -e PYTHONHOME
        end

        if test -z "$VIRTUAL_ENV_DISABLE_PROMPT"
            # A function can only be copied once it has been loaded.
            functions fish_prompt >/dev/null 2>&1
            if functions -q fish_prompt
                functions -c fish_prompt _old_fish_prompt
            end
            function fish_prompt
                # The prompt that was there may show the status of the last command.
                set -l last_status $status
                printf '%s' $VIRTUAL_ENV_PROMPT
                functions -q _old_fish_prompt; or return
                echo "exit $last_status" | source
                _old_fish_prompt
            end
        end

        """;

    private static string Csh(string environment, string scripts, string prompt) =>
        $$"""
        # For csh and tcsh; source it: source {{scripts}}/activate.csh

        alias deactivate 'test $?_OLD_VIRTUAL_PATH != 0 && setenv PATH "$_OLD_VIRTUAL_PATH" && unset _OLD_VIRTUAL_PATH; rehash; test $?_OLD_VIRTUAL_PYTHONHOME != 0 && setenv PYTHONHOME "$_OLD_VIRTUAL_PYTHONHOME" && unset _OLD_VIRTUAL_PYTHONHOME; test $?_OLD_VIRTUAL_PROMPT != 0 && set prompt = "$_OLD_VIRTUAL_PROMPT" && unset _OLD_VIRTUAL_PROMPT; unsetenv VIRTUAL_ENV; unsetenv VIRTUAL_ENV_PROMPT; test "\!:*" != keep && unalias deactivate'

        # Leave an environment that is active already.
        deactivate keep

        setenv VIRTUAL_ENV '{{environment}}'
        setenv VIRTUAL_ENV_PROMPT '({{prompt}}) '

        set _OLD_VIRTUAL_PATH = "$PATH"
        setenv PATH "${VIRTUAL_ENV}/{{scripts}}:${PATH}"

        if ( $?PYTHONHOME ) then
            set _OLD_VIRTUAL_PYTHONHOME = "$PYTHONHOME"
            unsetenv PYTHONHOME
        endif

        if ( ! $?VIRTUAL_ENV_DISABLE_PROMPT && $?prompt ) then
            set _OLD_VIRTUAL_PROMPT = "$prompt"
            set prompt = "${VIRTUAL_ENV_PROMPT}${prompt}"
        endif

        rehash

        """;

    private static string PowerShell(string scripts) =>
        $$"""
        # For PowerShell; run it: {{scripts}}/Activate.ps1

        function global:deactivate ([switch]$Keep) {
            if (Test-Path variable:global:_OLD_VIRTUAL_PATH) {
                $env:PATH = $global:_OLD_VIRTUAL_PATH
                Remove-Variable _OLD_VIRTUAL_PATH -Scope Global
            }
            if (Test-Path variable:global:_OLD_VIRTUAL_PYTHONHOME) {
                $env:PYTHONHOME = $global:_OLD_VIRTUAL_PYTHONHOME
                Remove-Variable _OLD_VIRTUAL_PYTHONHOME -Scope Global
            }
            if (Test-Path function:global:_OLD_VIRTUAL_PROMPT) {
                Copy-Item function:global:_OLD_VIRTUAL_PROMPT function:global:prompt
                Remove-Item function:global:_OLD_VIRTUAL_PROMPT
            }
            Remove-Item env:VIRTUAL_ENV, env:VIRTUAL_ENV_PROMPT -ErrorAction SilentlyContinue
            if (-not $Keep) { Remove-Item function:global:deactivate }
        }

        # Leave an environment that is active already.
        deactivate -Keep

        $env:VIRTUAL_ENV = Split-Path -Parent $PSScriptRoot
        $env:VIRTUAL_ENV_PROMPT = "($(Split-Path -Leaf $env:VIRTUAL_ENV)) "

        $global:_OLD_VIRTUAL_PATH = $env:PATH
        $env:PATH = $PSScriptRoot + [System.IO.Path]::PathSeparator + $env:PATH

        if (Test-Path env:PYTHONHOME) {
            $global:_OLD_VIRTUAL_PYTHONHOME = $env:PYTHONHOME
            Remove-Item env:PYTHONHOME
        }

        if (-not $env:VIRTUAL_ENV_DISABLE_PROMPT) {
            Copy-Item function:global:prompt function:global:_OLD_VIRTUAL_PROMPT
            function global:prompt {
                Write-Host -NoNewline $env:VIRTUAL_ENV_PROMPT
                _OLD_VIRTUAL_PROMPT
            }
        }

        """;

    private static string Batch(string environment, string scripts, string prompt) =>
        $$"""
        @echo off
        rem For cmd.exe; run it: {{scripts}}\activate.bat

        if defined _OLD_VIRTUAL_PATH call "%~dp0deactivate.bat"

        set "VIRTUAL_ENV={{environment}}"
        set "VIRTUAL_ENV_PROMPT=({{prompt}}) "
        set "_OLD_VIRTUAL_PATH=%PATH%"
        set "PATH=%VIRTUAL_ENV%\{{scripts}};%PATH%"
        if defined PYTHONHOME set "_OLD_VIRTUAL_PYTHONHOME=%PYTHONHOME%"
        set PYTHONHOME=
        if not defined PROMPT set "PROMPT=$P$G"
        if not defined VIRTUAL_ENV_DISABLE_PROMPT set "_OLD_VIRTUAL_PROMPT=%PROMPT%"
        if not defined VIRTUAL_ENV_DISABLE_PROMPT set "PROMPT=%VIRTUAL_ENV_PROMPT%%PROMPT%"

        """;

    private const string BatchDeactivate =
        """
        @echo off
        if defined _OLD_VIRTUAL_PATH set "PATH=%_OLD_VIRTUAL_PATH%"
        if defined _OLD_VIRTUAL_PYTHONHOME set "PYTHONHOME=%_OLD_VIRTUAL_PYTHONHOME%"
        if defined _OLD_VIRTUAL_PROMPT set "PROMPT=%_OLD_VIRTUAL_PROMPT%"
        set _OLD_VIRTUAL_PATH=
        set _OLD_VIRTUAL_PYTHONHOME=
        set _OLD_VIRTUAL_PROMPT=
        set VIRTUAL_ENV=
        set VIRTUAL_ENV_PROMPT=

        """;
}
