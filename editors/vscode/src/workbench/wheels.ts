import * as vscode from 'vscode';
import { type CataloguedWheel, readCatalogue } from '../runner/catalogue';
import type { Environments } from '../runner/environments';
import type { Runner } from '../runner/runner';
import { saved } from './activeFile';

/** Adds wheels to the spec of a file and takes them out again, with what they need, as `vpython3 add` and `vpython3 remove` do. */
export class Wheels {
  constructor(
    private readonly runner: Runner,
    private readonly environments: Environments,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** @param name What to add, such as `requests` or `requests==2.31.0`; asked for when it is not given. */
  async add(document: vscode.TextDocument, name?: string): Promise<boolean> {
    const chosen = name ?? (await pickWheel(await this.catalogue(document)));
    return chosen !== undefined && this.change('add', document, chosen);
  }

  /** @param name What to remove; asked for when it is not given. */
  async remove(document: vscode.TextDocument, name?: string): Promise<boolean> {
    const chosen = name ?? (await this.pickOfSpec(document));
    return chosen !== undefined && this.change('remove', document, chosen);
  }

  private async change(verb: 'add' | 'remove', document: vscode.TextDocument, name: string): Promise<boolean> {
    const spec = await this.specOf(document);
    if (!spec || !(await saved(spec))) return false;
    const outcome = await this.runner.run(await this.runner.verb(verb, spec.uri, { flags: [name] }), { environment: { CIPD_DISABLE_NETWORK: '1' } });
    if (outcome.code !== 0) {
      this.environments.report(verb === 'add' ? `'${name}' was not added.` : `'${name}' was not removed.`, outcome.standardError);
      return false;
    }
    this.log.info(outcome.standardError.trim());
    this.environments.forget();
    const file = vscode.workspace.asRelativePath(spec.uri);
    void vscode.window.showInformationMessage(`${file}: ${summary(outcome.standardError)}`, 'Open').then((choice) => (choice ? vscode.window.showTextDocument(spec) : undefined));
    return true;
  }

  /** The document that holds the spec of another one: what is written there is not to be lost, and what is shown there is what is changed. */
  private async specOf(document: vscode.TextDocument): Promise<vscode.TextDocument | undefined> {
    const { spec } = await this.environments.describeDocument(document);
    if (spec.path !== undefined) return vscode.workspace.openTextDocument(spec.path);
    void vscode.window.showInformationMessage('No spec applies to this script: make one first.', 'Create a Spec').then((choice) => {
      if (choice) void vscode.commands.executeCommand('vpython-spec.createSpec', document.uri);
    });
    return undefined;
  }

  private async catalogue(document: vscode.TextDocument): Promise<CataloguedWheel[]> {
    const executable = await this.runner.executable();
    const outcome = await this.runner.run({ executable, arguments: [...this.runner.flags(document.uri), '-vpython-tool', 'catalog', 'export'], directory: vscode.Uri.joinPath(document.uri, '..').fsPath });
    if (outcome.code !== 0) throw new Error(`The catalogue of wheels cannot be read: ${outcome.standardError.trim()}`);
    return readCatalogue(outcome.standardOutput);
  }

  private async pickOfSpec(document: vscode.TextDocument): Promise<string | undefined> {
    const run = await this.environments.describeDocument(document);
    const picked = await vscode.window.showQuickPick(
      run.packages.map((wheel) => ({ label: wheel.name, description: wheel.version })),
      { title: 'Remove a wheel, and what only it needs', placeHolder: 'The wheel to remove' },
    );
    return picked?.label;
  }
}

/** The lines of a change in a few words: what was asked for, and how much came along. */
function summary(said: string): string {
  const [first, ...others] = said.split(/\r?\n/).filter((line) => /^(added|removed) /.test(line));
  return first === undefined ? 'nothing had to be changed' : `${first.replace(/ version:/, ' ')}${others.length === 0 ? '' : `, and ${others.length} more`}`;
}

async function pickWheel(wheels: readonly CataloguedWheel[]): Promise<string | undefined> {
  const known = wheels.map((wheel) => ({ label: wheel.distribution, description: wheel.versions[0] ?? '', detail: wheel.packageName, wheel: wheel.packageName }));
  const list = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly wheel: string }>();
  list.title = 'Add a wheel, and what it needs';
  list.placeholder = 'A name as for pip, or NAME==VERSION';
  list.matchOnDetail = true;
  list.items = known;
  // A version is not in the list: what is typed is an entry of its own then.
  list.onDidChangeValue((value) => {
    const typed = value.trim();
    list.items = typed.includes('==') ? [{ label: typed, description: 'this version', wheel: typed, alwaysShow: true }] : known;
  });
  try {
    return await new Promise((resolve) => {
      list.onDidAccept(() => resolve(list.selectedItems[0]?.wheel));
      list.onDidHide(() => resolve(undefined));
      list.show();
    });
  } finally {
    list.dispose();
  }
}
