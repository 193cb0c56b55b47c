import * as vscode from 'vscode';
import { documentHasSpec } from '../firstSign';
import { specLanguage } from '../names';
import { settings } from '../settings';
import { saved } from '../workbench/activeFile';
import { environmentState, type RunDescription } from './description';
import { type Runner, RunnerUnavailable } from './runner';

/**
 * What vpython3 says of the files of this window, asked once and kept until a spec, a script with a spec, an environment or a setting changes.
 */
export class Environments implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly known = new Map<string, Promise<RunDescription>>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];

  /** What was known does not hold any more. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly runner: Runner,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const specs = vscode.workspace.createFileSystemWatcher('**/*.vpython3');
    const forget = (): void => this.forget();
    this.subscriptions.push(
      specs,
      specs.onDidCreate(forget),
      specs.onDidChange(forget),
      specs.onDidDelete(forget),
      vscode.workspace.onDidSaveTextDocument((document) => void this.saved(document)),
      vscode.workspace.onDidChangeConfiguration((event) => (event.affectsConfiguration('vpython') ? this.forget() : undefined)),
      vscode.workspace.onDidGrantWorkspaceTrust(forget),
      vscode.tasks.onDidEndTaskProcess(forget),
      // Environments are also built in terminals outside this window.
      vscode.window.onDidChangeWindowState((state) => (state.focused ? this.forget() : undefined)),
    );
  }

  /** The description of a file. @throws RunnerUnavailable, or an Error with what vpython3 said. */
  describe(file: vscode.Uri, isSpec: boolean): Promise<RunDescription> {
    const key = `${isSpec ? 'spec' : 'script'} ${file.fsPath}`;
    let description = this.known.get(key);
    if (!description) {
      description = this.runner.describe(file, isSpec);
      this.known.set(key, description);
      description.catch(() => this.known.delete(key));
    }
    return description;
  }

  describeDocument(document: vscode.TextDocument): Promise<RunDescription> {
    return this.describe(document.uri, document.languageId === specLanguage);
  }

  /**
   * Builds the environment of a file, with progress that can be cancelled. The description afterwards; undefined when it failed or was cancelled, which the user
   * has been told.
   */
  async build(file: vscode.Uri, isSpec: boolean): Promise<RunDescription | undefined> {
    const name = vscode.workspace.asRelativePath(file);
    try {
      await saveWhatIsRead(file);
      const call = await this.runner.verb('install', file, { isSpec });
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: `Building the environment of ${name}`, cancellable: true },
        async (progress, token) => {
          const outcome = await this.runner.run(call, {
            token,
            onLine: (line) => {
              this.log.info(line);
              progress.report({ message: line });
            },
          });
          this.forget();
          if (token.isCancellationRequested) return undefined;
          if (outcome.code === 0) return await this.describe(file, isSpec);
          this.report(`The environment of ${name} was not built.`, outcome.standardError);
          return undefined;
        },
      );
    } catch (error) {
      this.report(`The environment of ${name} was not built.`, String(error instanceof Error ? error.message : error));
      return undefined;
    }
  }

  /** Says what is wrong in one line, with the log behind a button. */
  report(what: string, detail: string): void {
    const first = detail.split('\n').find((line) => line.trim() !== '') ?? '';
    this.log.error(`${what} ${detail.trim()}`);
    void vscode.window.showErrorMessage(`${what} ${first}`, 'Show Log').then((choice) => (choice ? this.log.show() : undefined));
  }

  forget(): void {
    this.known.clear();
    this.changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    if (document.uri.scheme !== 'file' || !(await documentHasSpec(document))) return;
    this.forget();
    if (!vscode.workspace.isTrusted || settings.buildMoment(document.uri) !== 'onSave') return;
    const isSpec = document.languageId === specLanguage;
    try {
      const description = await this.describe(document.uri, isSpec);
      if (environmentState(description) === 'missing') await this.build(document.uri, isSpec);
    } catch (error) {
      if (!(error instanceof RunnerUnavailable)) this.log.warn(String(error));
    }
  }
}

/** Saves the file, and specs that have been changed: whichever of them applies, what is built is what is seen. @throws An Error when one cannot be saved. */
async function saveWhatIsRead(file: vscode.Uri): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.uri.scheme !== 'file' || (document.languageId !== specLanguage && document.uri.toString() !== file.toString())) continue;
    if (!(await saved(document))) throw new Error(`${vscode.workspace.asRelativePath(document.uri)} could not be saved.`);
  }
}
