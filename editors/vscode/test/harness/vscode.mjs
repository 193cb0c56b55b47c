// The real VS Code: its server with a fresh profile, and its workbench in a headless Chromium.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'chat.commandCenter.enabled': false,
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  // The workbench in a browser saves and restores by itself otherwise.
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * @typedef {object} StartOptions
 * @property {string} install Where install-vscode.sh has put the server.
 * @property {string[]} packages The .vsix files to install, by the editor's own command line.
 * @property {string} fixture The folder to open; a copy of it is.
 * @property {string} [workspaceFile] A `.code-workspace` of the fixture that is opened in place of the folder; empty: nothing is opened.
 * @property {Record<string, unknown>} [settings] Settings of the user.
 * @property {Record<string, unknown>} [workspaceSettings] Settings of the workspace.
 * @property {boolean} [trust] Whether workspaces are trusted without being asked for; true unless said otherwise.
 * @property {Record<string, string>} [environment] Variables of the extension host.
 */

/** @param {StartOptions} options */
export async function startVsCode({ install, packages, fixture, workspaceFile, settings = {}, workspaceSettings, trust = true, environment = {} }) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'vpython-vscode-'));
  const data = path.join(home, 'data');
  const workspace = path.join(home, 'workspace');
  fs.cpSync(fixture, workspace, { recursive: true });
  write(path.join(data, 'User/settings.json'), { ...quietSettings, 'security.workspace.trust.enabled': !trust, ...settings });
  // Settings of machine scope are those of the machine that the server runs on.
  write(path.join(data, 'Machine/settings.json'), settings);
  if (workspaceSettings) write(path.join(workspace, '.vscode/settings.json'), workspaceSettings);

  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, VPYTHON_VIRTUALENV_ROOT: path.join(home, 'environments'), VPYTHON_TEST_WORKSPACE: workspace, ...environment };
  const server = [path.join(install, 'vscode/out/server-main.js'), '--server-data-dir', home, '--user-data-dir', data, '--extensions-dir', path.join(home, 'extensions'), '--accept-server-license-terms', '--telemetry-level', 'off'];
  for (const vsix of packages) execFileSync(process.execPath, [...server, '--install-extension', vsix, '--force'], { env, stdio: 'pipe' });

  const port = await freePort();
  const logFile = path.join(home, 'server.log');
  const log = fs.openSync(logFile, 'a');
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--enable-smoke-test-driver'];
  if (trust) flags.push('--disable-workspace-trust');
  // A process group of its own: the extension host outlives the browser, and is ended with the group.
  const child = spawn(process.execPath, [...server, ...flags], { env, stdio: ['ignore', log, log], detached: true });
  fs.closeSync(log);
  const readLog = () => fs.readFileSync(logFile, 'utf8');
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (await answers(`http://127.0.0.1:${port}/version`)) break;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`VS Code did not start: ${readLog()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    home,
    workspace,
    url: `http://127.0.0.1:${port}/?${workspaceFile === undefined ? `folder=${encodeURIComponent(workspace)}` : workspaceFile === '' ? 'ew=true' : `workspace=${encodeURIComponent(path.join(workspace, workspaceFile))}`}`,
    readLog,
    async stop() {
      const gone = new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve(undefined) : child.once('exit', resolve)));
      signal(child.pid, 'SIGTERM');
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
      signal(child.pid, 'SIGKILL');
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

export const chromiumPath = () => ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => fs.existsSync(file));

export function launchBrowser() {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-color-profile=srgb'],
  });
}

/** @param {number | undefined} group @param {NodeJS.Signals} name */
function signal(group, name) {
  try {
    if (group !== undefined) process.kill(-group, name);
  } catch {
    // It has ended already.
  }
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {string} file @param {unknown} value */
function write(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(value, null, 2));
}
