#!/usr/bin/env bash
# Installs the VS Code server that the tests run in, from the npm registry alone: usage: install-vscode.sh DIRECTORY
# npm's code-server holds the whole of VS Code with its workbench. Scripts of packages are not run, since they download from elsewhere.
# Without native modules there are neither terminals nor log files in it; the tests need neither.
set -euo pipefail

# VS Code 1.100.3, the oldest that the extension supports; runs on Node 20.
version=4.100.3
ripgrep=1.18.0

destination=$1
if [ -f "$destination/complete-$version" ]; then exit 0; fi
mkdir -p "$(dirname "$destination")"
building=$(mktemp -d "$destination.XXXXXX")
trap 'rm -rf "$building"' EXIT
export npm_config_loglevel=error npm_config_audit=false npm_config_fund=false npm_config_ignore_scripts=true

cd "$building"
echo '{"name":"vscode-under-test","private":true}' > package.json
npm install --no-save "code-server@$version"
vscode=node_modules/code-server/lib/vscode
# npm ci refuses the shrinkwrap in there; npm install honours it.
(cd "$vscode" && npm install --omit=dev)
(cd "$vscode/extensions" && npm install --omit=dev)
ln -sfn node_modules "$vscode/node_modules.asar"
if [ ! -x "$vscode/node_modules/@vscode/ripgrep/bin/rg" ]; then
    case $(uname -m) in
        x86_64) architecture=x64 ;;
        aarch64) architecture=arm64 ;;
        *) echo "There is no ripgrep for $(uname -m)." >&2; exit 1 ;;
    esac
    archive=$(npm pack --silent "@vscode/ripgrep-linux-$architecture@$ripgrep")
    tar xzf "$archive" package/bin/rg
    install -D -m755 package/bin/rg "$vscode/node_modules/@vscode/ripgrep/bin/rg"
    rm -rf package "$archive"
fi
ln -sfn "$vscode" vscode
node vscode/out/server-main.js --version
touch "complete-$version"
rm -rf "$destination"
mv "$building" "$destination"
trap - EXIT
