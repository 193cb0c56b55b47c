// Runs a suite inside the real extension host: VS Code's own way, driven by its workbench in Chromium.
import { format } from 'node:util';
import { launchBrowser, startVsCode } from './vscode.mjs';

const longestRun = 600_000;

/**
 * @param {{ install: string, extension: string, suite: string, fixture: string, packages: string[], settings?: Record<string, unknown>, environment?: Record<string, string>, trust?: boolean, workspaceFile?: string }} options
 * @returns {Promise<number>} 0 when all tests passed.
 */
export async function runInHost({ install, extension, suite, fixture, packages, settings, environment, trust, workspaceFile }) {
  const code = await startVsCode({ install, packages, fixture, ...(settings && { settings }), ...(environment && { environment }), ...(trust !== undefined && { trust }), ...(workspaceFile !== undefined && { workspaceFile }) });
  const browser = await launchBrowser();
  // What the workbench and the extension host print: of interest only when something went wrong.
  /** @type {string[]} */
  const chatter = [];
  try {
    const page = await browser.newPage();
    const ended = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      chatter.push(`[${type}] ${format(...args)}`);
    });
    const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${code.port}${file}`;
    const payload = [
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionTestsPath', remote(suite)],
      ['skipWelcome', 'true'],
    ];
    await page.goto(`${code.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    const result = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, longestRun, 'no answer').unref())]);
    if (result !== 0) console.log(`The extension host ended with: ${result}`);
    if (typeof result !== 'number' || process.env['VERBOSE']) console.log(`${chatter.join('\n').slice(-6000)}\n${code.readLog().slice(-2000)}`);
    return result === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await code.stop();
  }
}
