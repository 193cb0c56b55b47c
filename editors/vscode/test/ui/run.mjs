// The tests in the real workbench. Each is a step of one session, in order, as a person would go through it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser, startVsCode } from '../harness/vscode.mjs';
import { Editor, untilMatches } from './editor.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const samples = path.resolve(root, '../../samples/packages');

/** @typedef {{ name: string, error?: string, note?: string }} Result */
/** @typedef {{ editor: Editor, code: Awaited<ReturnType<typeof startVsCode>>, openedAt: number }} Session */
/** @typedef {[name: string, run: (session: Session) => Promise<string | void>]} Step */

/** @type {Step[]} */
const trusted = [
  ['a wrong version is underlined, and the problems say its code', async ({ editor, openedAt }) => {
    await editor.open('wrong.vpython3');
    const shownAt = Date.now();
    await editor.squiggle('error').first().waitFor();
    const now = Date.now();
    await editor.command('Problems: Focus on Problems View');
    const row = editor.problem('2.31.999').first();
    await row.waitFor();
    assert.match(await row.innerText(), /VPY2204/);
    await editor.screenshot('diagnostics');
    return `${now - openedAt} ms after the workspace was opened in the browser, ${now - shownAt} ms after the spec was shown`;
  }],
  ['the status bar shows the effective spec and that its environment is missing', async ({ editor }) => {
    await untilMatches('the status bar', () => editor.statusBar.innerText(), /wrong\.vpython3: (not built|broken)/);
  }],
  ['the problems have specs that nobody has opened', async ({ editor }) => {
    await editor.problem('never-opened.vpython3').waitFor();
  }],
  ['hover tells what is known of a wheel', async ({ editor }) => {
    await editor.page.locator('.editor-instance .view-line span', { hasText: 'requests-py3' }).last().hover();
    const hover = editor.page.locator('.monaco-hover .hover-contents', { hasText: /requests/ }).first();
    await hover.waitFor();
    await editor.screenshot('hover', { height: 480 });
  }],
  ['completion lists wheels by what is typed of their names', async ({ editor }) => {
    await editor.goTo(11, 1);
    await editor.page.keyboard.type('wheel: <', { delay: 20 });
    await editor.page.keyboard.press('Enter');
    await editor.page.keyboard.type('name: "pyopen', { delay: 30 });
    await editor.page.keyboard.press('Control+Space');
    await editor.suggestion(/pyopenssl/i).first().waitFor();
    await editor.screenshot('completion', { height: 480 });
    await editor.closeWidgets();
  }],
  ['completion lists the versions of a wheel, newest first', async ({ editor }) => {
    await editor.goTo(9, 23);
    await editor.page.keyboard.press('Control+Space');
    await editor.suggestion('5.9.8').first().waitFor();
    const versions = (await editor.suggestions()).filter((text) => /\d+\.\d+/.test(text));
    assert.ok(versions.length > 1 && /5\.9\.8/.test(versions[0] ?? ''), versions.join(', '));
    await editor.closeWidgets();
  }],
  ['a quick fix mends the version', async ({ editor }) => {
    await editor.goTo(5, 16);
    await editor.page.keyboard.press('Control+.');
    const fix = editor.page.locator('.action-widget .monaco-list-row', { hasText: "Write 'version:2.31.0'" });
    await fix.waitFor();
    await editor.screenshot('quick-fix', { height: 480 });
    await untilMatches('the chosen fix', async () => (await fix.getAttribute('class')) ?? '', /focused/);
    await editor.page.keyboard.press('Enter');
    await editor.line('version:2.31.0"').waitFor();
    await editor.page.locator('.markers-panel .monaco-list-row', { hasText: '2.31.999' }).waitFor({ state: 'detached' });
  }],
  ['saving lays the spec out', async ({ editor, code }) => {
    await editor.page.keyboard.press('Control+S');
    const file = path.join(code.workspace, 'wrong.vpython3');
    await untilMatches('the file', async () => fs.readFileSync(file, 'utf8'), /^ {2}name: "infra\/python\/wheels\/psutil/m);
    assert.match(fs.readFileSync(file, 'utf8'), /^ {2}version: "version:5\.8\.0/m);
  }],
  ['code lenses stand above a spec', async ({ editor }) => {
    await editor.open('hello.py.vpython3');
    await editor.lens(/Run|Install|Environment|environment/).first().waitFor();
    return (await editor.lens(/\S/).allInnerTexts()).join(' | ');
  }],
  ['a spec in a script has the colours of a spec', async ({ editor }) => {
    await editor.open('embedded.py');
    await editor.hidePanel();
    await untilMatches('the language', () => editor.page.locator('#status\\.editor\\.mode').innerText(), /Python/);
    const field = await coloursOf(editor, 'python_version', /python_version/);
    const code = await editor.colours(/^import.greeting/);
    const words = [...field.keys()].join(' ');
    const name = [...field].find(([word]) => word.includes('python_version'))?.[1];
    const text = [...field].find(([word]) => word.includes('"3"') || word === '3')?.[1];
    const sign = [...field].find(([word]) => word.startsWith('#'))?.[1];
    assert.ok(name && text && sign && new Set([name, text, sign]).size === 3, `${words}: ${[...field.values()].join(' ')}`);
    assert.ok(code.get('import') !== undefined && code.get('import') !== sign, [...code].join(' '));
    await editor.screenshot('embedded', { height: 560 });
  }],
  ['a new line in a spec in comments is a comment, as deep as it has to be, and is completed', async ({ editor }) => {
    await editor.open('typing.py');
    await editor.line(/BEGIN/).first().locator('span span').nth(1).waitFor();
    await editor.goTo(2, 22);
    await editor.page.keyboard.press('Enter');
    await editor.page.keyboard.type('wheel: <', { delay: 20 });
    await editor.closeWidgets();
    await editor.page.keyboard.press('Enter');
    await editor.page.keyboard.type('name: "pyopen', { delay: 30 });
    await editor.line(/^#\swheel:\s<$/).waitFor();
    await editor.line(/^#\s\s\sname:\s"pyopen"$/).waitFor();
    await editor.page.keyboard.press('Control+Space');
    await editor.suggestion(/pyopenssl/i).first().waitFor();
    await editor.closeWidgets();
  }],
  ['a snippet in a spec in comments is comments', async ({ editor, code }) => {
    await editor.goTo(2, 22);
    await editor.page.keyboard.press('Enter');
    await editor.page.keyboard.type('wheel', { delay: 30 });
    const snippet = editor.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'Wheel for all platforms' });
    await snippet.first().click();
    await editor.line(/^#\s>$/).waitFor();
    await editor.closeWidgets();
    await editor.page.keyboard.press('Control+S');
    const file = path.join(code.workspace, 'typing.py');
    await untilMatches('the file', async () => fs.readFileSync(file, 'utf8'), /^# wheel: <\n# {3}name: "infra\/python\/wheels\/name-py3"\n# {3}version: "version:1\.0"\n# >$/m);
  }],
  ['the status bar builds the environment', async ({ editor }) => {
    await editor.open('embedded.py');
    await untilMatches('the status bar', () => editor.statusBar.innerText(), /spec in script: not built/);
    await editor.statusBar.click();
    await editor.choose('Build the environment');
    await untilMatches('the status bar', () => editor.statusBar.innerText(), /spec in script$/);
    await editor.statusBar.hover();
    await editor.page.locator('.monaco-hover', { hasText: 'Environment' }).first().waitFor();
    await editor.screenshot('status-bar');
    await editor.closeWidgets();
  }],
  ['the menu of the editor has commands for a script with a spec, and none for other files', async ({ editor }) => {
    await editor.open('embedded.py');
    await untilMatches('the status bar', () => editor.statusBar.innerText(), /spec in script/);
    assert.ok((await editor.contextMenu()).includes('vpython'));
    await editor.open('NOTES.md');
    await editor.statusBar.waitFor({ state: 'hidden' });
    const entries = await editor.contextMenu();
    assert.ok(entries.includes('Copy') && !entries.includes('vpython'), entries.join(' | '));
  }],
  ['a wheel is added from the list of those that there are', async ({ editor, code }) => {
    const file = path.join(code.workspace, 'hello/hello.py.vpython3');
    await editor.open('hello.py.vpython3');
    await editor.command('vpython: Add a Wheel...');
    await editor.quickInput('psutil');
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'psutil' }).first().waitFor();
    await editor.screenshot('add-wheel', { height: 480 });
    await editor.choose('psutil');
    await untilMatches('the file', async () => fs.readFileSync(file, 'utf8'), /wheels\/psutil\/\$\{vpython_platform\}"\n {2}version: "version:5\.9\.8/);
    await editor.line('psutil').waitFor();
  }],
  ['a new launch.json has a configuration', async ({ editor }) => {
    await editor.open('hello.py');
    await editor.command('Debug: Add Configuration...');
    await editor.choose('vpython3');
    await editor.line('"vpython3: the active file"').first().waitFor();
  }],
  ['the walkthrough is there', async ({ editor }) => {
    await editor.command('Welcome: Open Walkthrough...');
    await editor.quickInput('Python scripts with specs');
    await editor.choose('Python scripts with specs');
    await editor.page.locator('.getting-started-step', { hasText: 'Write a spec' }).first().waitFor();
    await editor.screenshot('walkthrough');
  }],
  ['activation is cheap', async ({ editor }) => {
    // The list shows only the rows that have room.
    await editor.page.setViewportSize({ width: 1080, height: 4000 });
    await editor.command('Developer: Show Running Extensions');
    const row = editor.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'vpython specs' });
    await row.waitFor();
    const text = (await row.innerText()).replace(/\s+/g, ' ');
    const milliseconds = Number(/(\d+)ms/.exec(text)?.[1]);
    // A few ms on a machine that does nothing else: a second is a window that everybody waits for.
    assert.ok(milliseconds < 1000, text);
    return `VS Code measured ${milliseconds} ms for the activation`;
  }],
  ['the workspace has not started a program of its own', async ({ code }) => {
    assert.ok(!fs.existsSync(path.join(code.workspace, 'evil-was-run')));
  }],
];

/** @type {Step[]} */
const restricted = [
  ['restricted mode: a spec is still checked', async ({ editor }) => {
    await editor.open('wrong.vpython3');
    await editor.squiggle('error').first().waitFor();
  }],
  ['restricted mode: the status bar says that vpython3 is not started', async ({ editor }) => {
    await untilMatches('the status bar', () => editor.statusBar.innerText(), /vpython$/);
    assert.match((await editor.statusBar.getAttribute('aria-label')) ?? '', /restricted mode/i);
    await editor.screenshot('restricted');
  }],
  ['restricted mode: nothing that starts vpython3 is offered', async ({ editor }) => {
    assert.equal(await editor.offers('vpython: Show the Log'), true);
    for (const title of ['vpython: Build the Environment', 'vpython: Lint All Specs', 'vpython: Refresh the Catalogue of Wheels']) assert.equal(await editor.offers(title), false, title);
  }],
  ['restricted mode: a menu offers nothing that starts vpython3', async ({ editor }) => {
    await editor.open('embedded.py');
    await untilMatches('the status bar', () => editor.statusBar.innerText(), /vpython$/);
    assert.ok(!(await editor.contextMenu()).includes('vpython'));
  }],
  ['restricted mode: nothing was started, and no environment was made', async ({ code }) => {
    assert.ok(!fs.existsSync(path.join(code.workspace, 'evil-was-run')));
    assert.ok(!fs.existsSync(path.join(code.home, 'environments', 'v1', 'interpreters')));
  }],
];

/**
 * @param {{ install: string, packages: string[], only?: string }} options
 * @returns {Promise<Result[]>}
 */
export async function runUi({ install, packages, only }) {
  /** @type {Result[]} */
  const results = [];
  const sessions = /** @type {const} */ ([
    { steps: trusted, trust: true, settings: {} },
    { steps: restricted, trust: false, settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' } },
  ]);
  const screenshots = path.join(root, 'out/screenshots');
  if (only === undefined) fs.rmSync(screenshots, { recursive: true, force: true });
  for (const { steps, trust, settings } of sessions) {
    const chosen = steps.filter(([name]) => only === undefined || name.includes(only));
    if (chosen.length === 0) continue;
    const code = await startVsCode({
      install,
      packages,
      fixture: path.join(root, 'test/fixtures/workspace'),
      trust,
      settings: { 'vpython.packages': samples, '[vpython-spec]': { 'editor.formatOnSave': true }, 'workbench.colorTheme': 'Default Light Modern', 'window.commandCenter': false, 'files.exclude': { '**/.vscode': true, 'evil.sh': true }, ...settings },
    });
    const browser = await launchBrowser();
    try {
      const page = await (await browser.newContext({ viewport: { width: 1080, height: 680 } })).newPage();
      const openedAt = Date.now();
      await page.goto(code.url);
      await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
      const editor = new Editor(page, screenshots);
      for (const [name, run] of chosen) {
        try {
          const note = await run({ editor, code, openedAt });
          results.push({ name, ...(note ? { note } : {}) });
        } catch (error) {
          await editor.screenshot(`failed-${results.length}`).catch(() => undefined);
          results.push({ name, error: `${error instanceof Error ? error.stack : String(error)}\nSee ${path.join(screenshots, `failed-${results.length}.png`)}` });
        }
      }
    } finally {
      await browser.close();
      await code.stop();
    }
  }
  return results;
}

/** @param {Editor} editor @param {string} word @param {RegExp} line */
async function coloursOf(editor, word, line) {
  // The grammar colours a line some time after it is shown.
  await untilMatches('the colours', async () => [...(await editor.colours(line)).keys()].filter((text) => text.includes(word)).join('|'), new RegExp(`^(# )?${word}$`));
  return editor.colours(line);
}
