#!/usr/bin/env bash
# Builds everything and runs every test that this machine can run. The last line is "N passed, N failed" with ", N skipped" where some were.
# Under CI=true a missing tool is a failure; elsewhere the test that needs it is skipped and says so.
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
passed=0
failed=0
skipped=0

step() { printf '\n== %s\n' "$*"; }

# A step that is one check of its own: its success or failure counts as one test.
check() {
    local name=$1
    shift
    step "$name"
    if "$@"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $name"
        failed=$((failed + 1))
    fi
}

# A test project, with options for its runner: an executable whose last lines say how many tests it ran.
run_tests() {
    local name=$1 log
    shift
    step "tests: $name $*"
    log=$(mktemp)
    dotnet "tests/$name/bin/Release/net10.0/VPythonTools.$name.dll" -noColor "$@" 2>&1 | tee "$log" || true
    local summary
    summary=$(grep -E "Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+" "$log" | tail -n 1 || true)
    rm -f "$log"
    if [[ $summary =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+) ]]; then
        local bad=$((BASH_REMATCH[2] + BASH_REMATCH[3]))
        failed=$((failed + bad))
        skipped=$((skipped + BASH_REMATCH[4]))
        passed=$((passed + BASH_REMATCH[1] - BASH_REMATCH[3] - BASH_REMATCH[4]))
    else
        echo "FAILED: $name did not run to its end"
        failed=$((failed + 1))
    fi
}

# The extension for VS Code has a runner of its own, whose last line says how many tests it ran.
extension_tests() {
    step "editors/vscode"
    if ! command -v npm > /dev/null; then
        extension_skipped "Node.js is not installed"
        return
    fi
    if ! (cd editors/vscode && npm ci --no-progress); then
        extension_skipped "its packages could not be installed from the npm registry"
        return
    fi
    local log
    log=$(mktemp)
    if (cd editors/vscode && npm run --silent package && node scripts/test.mjs) 2>&1 | tee "$log"; then :; fi
    if [[ $(tail -n 1 "$log") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
        skipped=$((skipped + BASH_REMATCH[3]))
    else
        echo "FAILED: the tests of the extension did not run to their end"
        failed=$((failed + 1))
    fi
    rm -f "$log"
}

extension_skipped() {
    if [ "${CI:-}" = true ]; then
        echo "FAILED: editors/vscode: $1"
        failed=$((failed + 1))
    else
        echo "skipped: editors/vscode: $1"
        skipped=$((skipped + 1))
    fi
}

compile_for() {
    dotnet build "src/$2" -c Release -r "$1" --no-self-contained --artifacts-path "artifacts/other/$1" \
        -p:OtherPlatform=true -p:PublishAot=false -p:UseAppHost=false -v quiet
}

step "build"
dotnet build VPythonTools.sln -c Release -v quiet
step "native executables"
dotnet publish src/Runner -c Release -v quiet
dotnet publish src/Lsp -c Release -v quiet

for project in tests/*.Tests tests/EndToEnd; do
    case $(basename "$project") in
        # What a text costs is measured in a process of its own: in one that holds what thousands of tests left, memory costs more than the work.
        SpecLang.Tests)
            run_tests SpecLang.Tests -class- "*CostTests"
            run_tests SpecLang.Tests -class "*CostTests"
            ;;
        *) run_tests "$(basename "$project")" ;;
    esac
done

extension_tests

check "the README's sample" dotnet run --project src/Runner -c Release --no-build -- -vpython-packages samples/packages samples/hello/hello.py
check "formatting" dotnet format VPythonTools.sln --verify-no-changes --no-restore
for platform in win-x64 osx-arm64 linux-arm64; do
    check "compiles for $platform: vpython3" compile_for "$platform" Runner
    check "compiles for $platform: vpython-lsp" compile_for "$platform" Lsp
done

echo
if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
