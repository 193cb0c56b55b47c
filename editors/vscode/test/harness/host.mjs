// Runs a suite inside the real extension host: VS Code's own way, driven by its workbench in Chromium.
import { format } from 'node:util';
import { launchBrowser, startVsCode } from './vscode.mjs';

const longestRun = 180_000;

/** Chatter of the workbench itself. */
const noise = /^(Timed out waiting for auth|getaddrinfo|Creation of workbench|ChatSession|\[(AgentHost|Chat|Account|Service Worker)|Creating a socket|Resolv|Updating add|\[reconn|Ignoring the error while|WARN|Error: |An iframe|\s*$)/;

/**
 * @param {{ install: string, extension: string, suite: string, fixture: string, packages: string[], settings?: Record<string, unknown>, environment?: Record<string, string>, trust?: boolean }} options
 * @returns {Promise<number>} 0 when all tests passed.
 */
export async function runInHost({ install, extension, suite, fixture, packages, settings, environment, trust }) {
  const code = await startVsCode({ install, packages, fixture, ...(settings && { settings }), ...(environment && { environment }), ...(trust !== undefined && { trust }) });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const ended = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const text = format(...args).replace(/\n\s+at .*workbench\.js.*/g, '');
      if (process.env['VERBOSE'] || !noise.test(text)) console.log(type === 'error' || type === 'warn' ? `[${type}] ${text}` : text);
    });
    const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${code.port}${file}`;
    const payload = [
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionTestsPath', remote(suite)],
      ['skipWelcome', 'true'],
    ];
    await page.goto(`${code.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    const result = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, longestRun, 'no answer').unref())]);
    if (result !== 0) console.log(`The extension host ended with: ${result}\n${code.readLog().slice(-3000)}`);
    return result === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await code.stop();
  }
}
