// What a person does in the workbench, and what they see of it.
import fs from 'node:fs';
import path from 'node:path';

const patience = 30_000;

/** The text editor; a plain `.monaco-editor` is also the output view and others. */
const editor = '.editor-instance .monaco-editor';

export class Editor {
  /** @param {import('playwright-core').Page} page @param {string} screenshots */
  constructor(page, screenshots) {
    this.page = page;
    this.screenshots = screenshots;
    page.setDefaultTimeout(patience);
  }

  /** @param {string} name A file of the workspace. */
  async open(name) {
    await this.closeWidgets();
    await this.page.keyboard.press('Control+P');
    await this.quickInput(name);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: path.basename(name) }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
    await this.page.locator(`${editor} .view-line`).first().waitFor();
  }

  /** @param {string} title As the palette shows it. */
  async command(title) {
    await this.closeWidgets();
    await this.page.keyboard.press('F1');
    await this.quickInput(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Whether the palette offers a command. @param {string} title */
  async offers(title) {
    await this.closeWidgets();
    await this.page.keyboard.press('F1');
    await this.quickInput(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const count = await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).count();
    await this.page.keyboard.press('Escape');
    return count > 0;
  }

  /** @param {string} text */
  async quickInput(text) {
    const input = this.page.locator('.quick-input-widget:not([style*="display: none"]) input[type="text"]').first();
    await input.waitFor();
    await input.fill(text);
  }

  /** Chooses in a list that asks. @param {string} label */
  async choose(label) {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  }

  /** @param {number} line From one. @param {number} column From one. */
  async goTo(line, column) {
    await this.closeWidgets();
    await this.page.keyboard.press('Control+G');
    await this.quickInput(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
    await this.page.locator(`${editor}.focused`).first().waitFor();
  }

  /** The entries of the menu of the text editor. */
  async contextMenu() {
    await this.page.locator(`${editor} .view-line`).first().click({ button: 'right' });
    const entries = this.page.locator('.context-view .monaco-menu .action-label');
    await entries.filter({ hasText: 'Copy' }).first().waitFor();
    const texts = (await entries.allInnerTexts()).map((text) => text.trim());
    await this.page.keyboard.press('Escape');
    await entries.first().waitFor({ state: 'detached' });
    return texts;
  }

  async closeWidgets() {
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('Escape');
  }

  async hidePanel() {
    const panel = this.page.locator('.part.panel');
    if (!(await panel.isVisible())) return;
    await this.page.keyboard.press('Control+J');
    await panel.waitFor({ state: 'hidden' });
  }

  /** @param {string | RegExp} text */
  line(text) {
    return this.page.locator(`${editor} .view-line`, { hasText: text });
  }

  /** @param {'error' | 'warning' | 'info'} severity */
  squiggle(severity) {
    return this.page.locator(`${editor} .squiggly-${severity}`);
  }

  /** @param {string | RegExp} text */
  problem(text) {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: text });
  }

  /** @param {string | RegExp} text */
  suggestion(text) {
    return this.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: text });
  }

  async suggestions() {
    return this.page.locator('.suggest-widget.visible .monaco-list-row .label-name').allInnerTexts();
  }

  /** @param {string | RegExp} text */
  lens(text) {
    return this.page.locator(`${editor} .codelens-decoration a`, { hasText: text });
  }

  get statusBar() {
    return this.page.locator('[id="vpythontools.vpython-spec.vpython.environment"]');
  }

  /** The colours of the words of a line. @param {string | RegExp} line @returns {Promise<Map<string, string>>} */
  async colours(line) {
    const pairs = await this.line(line).first().locator('span span').evaluateAll((spans) => spans.map((span) => [(span.textContent ?? '').replace(/\u00a0/g, ' ').trim(), getComputedStyle(span).color]));
    return new Map(/** @type {[string, string][]} */ (pairs));
  }

  /** @param {string} name @param {{ height?: number }} [options] */
  async screenshot(name, { height } = {}) {
    fs.mkdirSync(this.screenshots, { recursive: true });
    const size = /** @type {{ width: number, height: number }} */ (this.page.viewportSize());
    await this.page.screenshot({ path: path.join(this.screenshots, `${name}.png`), clip: { x: 0, y: 0, width: size.width, height: height ?? size.height }, animations: 'disabled' });
  }
}

/** Waits until a text is as it should be. @param {string} what @param {() => Promise<string>} read @param {RegExp} expected */
export async function untilMatches(what, read, expected) {
  const deadline = Date.now() + patience;
  let last = '';
  while (Date.now() < deadline) {
    last = await read();
    if (expected.test(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} was '${last}', not ${expected}`);
}
