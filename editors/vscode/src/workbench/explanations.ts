import * as vscode from 'vscode';
import { specLanguage } from '../names';
import type { Runner } from '../runner/runner';

const scheme = 'vpython-explanation';

const titles = { which: 'explained', tree: 'what needs what', matrix: 'by platforms' } as const;

/** What is explained: which spec applies and why, what its wheels need, and on which platforms they are. */
export type Explanation = keyof typeof titles;

/** What vpython3 tells of a file, as a document that cannot be edited and is told anew each time. */
export class Explanations implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly runner: Runner) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  async show(document: vscode.TextDocument, explanation: Explanation): Promise<vscode.TextEditor> {
    const uri = vscode.Uri.from({
      scheme,
      path: `${document.uri.path} (${titles[explanation]})`,
      query: JSON.stringify({ file: document.uri.fsPath, isSpec: document.languageId === specLanguage, explanation }),
    });
    this.changed.fire(uri);
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const { file, isSpec, explanation } = JSON.parse(uri.query) as { file: string; isSpec: boolean; explanation: Explanation };
    if (!Object.hasOwn(titles, explanation)) return '';
    // The others take a spec as they take a script.
    const call = await this.runner.verb(explanation, vscode.Uri.file(file), { isSpec: isSpec && explanation === 'which' });
    const outcome = await this.runner.run(call, { token, environment: { CIPD_DISABLE_NETWORK: '1' } });
    return outcome.standardError.trim() === '' ? outcome.standardOutput : `${outcome.standardOutput}\n${outcome.standardError}`;
  }
}
