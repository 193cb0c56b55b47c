import * as vscode from 'vscode';
import { specLanguage } from '../names';
import type { Runner } from '../runner/runner';

const scheme = 'vpython-explanation';

/** What `vpython3 which` tells, as a document that cannot be edited and is told anew each time. */
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

  async show(document: vscode.TextDocument): Promise<vscode.TextEditor> {
    const uri = vscode.Uri.from({ scheme, path: `${document.uri.path} (explained)`, query: JSON.stringify({ file: document.uri.fsPath, isSpec: document.languageId === specLanguage }) });
    this.changed.fire(uri);
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const { file, isSpec } = JSON.parse(uri.query) as { file: string; isSpec: boolean };
    const call = await this.runner.verb('which', vscode.Uri.file(file), { isSpec });
    const outcome = await this.runner.run(call, { token, environment: { CIPD_DISABLE_NETWORK: '1' } });
    return outcome.standardError.trim() === '' ? outcome.standardOutput : `${outcome.standardOutput}\n${outcome.standardError}`;
  }
}
