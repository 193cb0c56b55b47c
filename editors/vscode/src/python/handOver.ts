import * as path from 'node:path';
import * as vscode from 'vscode';
import { environmentState, interpreterIn, type RunDescription } from '../runner/description';
import { settings } from '../settings';
import { type PythonExtensionApi, pythonExtension } from './pythonExtension';

export type HandOverResult = 'handedOver' | 'restored' | 'unchanged' | 'paused' | 'noPythonExtension' | 'noFolder';

/** What a folder's interpreter was before we changed it, and which one we gave it last. */
interface FolderState {
  readonly before: string;
  readonly ours: string;
  /** The user has chosen another one since: it is theirs now. */
  readonly isPaused: boolean;
}

/**
 * Gives the Python extension the interpreter of the active script's environment, so that whatever asks it (Pylance, tests, notebooks, the debugger) sees exactly the
 * wheels of the spec. The Python extension knows one interpreter for each workspace folder, so the folder's follows the active script. A script without a spec
 * gets back what there was before, and an interpreter that the user chooses by hand is left alone until the command asks for ours again.
 */
export class HandOver implements vscode.Disposable {
  private subscription: vscode.Disposable | undefined;
  /** The path that we are setting right now, whose event is not the user's choice. */
  private setting: string | undefined;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly memory: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  dispose(): void {
    this.subscription?.dispose();
  }

  /** Follows the active script, where the settings say so. */
  follow(document: vscode.TextDocument, run: RunDescription): Promise<HandOverResult> {
    if (document.languageId !== 'python' || settings.handOver(document.uri) !== 'automatic') return Promise.resolve('unchanged');
    return this.inTurn(() => this.apply(document.uri, run, false));
  }

  /** Hands over because the user asks for it, whatever they chose before. */
  request(file: vscode.Uri, run: RunDescription): Promise<HandOverResult> {
    return this.inTurn(() => this.apply(file, run, true));
  }

  /** One after the other, so that the interpreter of the script that is active last is the one that stays. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work, work);
    this.queue = result.catch((error: unknown) => this.log.warn(`The Python extension did not take the interpreter: ${String(error)}`));
    return result;
  }

  private async apply(file: vscode.Uri, run: RunDescription, isRequested: boolean): Promise<HandOverResult> {
    if (!vscode.workspace.isTrusted) return 'unchanged';
    const state = environmentState(run);
    const folder = vscode.workspace.getWorkspaceFolder(file);
    // Outside of folders the Python extension has nothing but the setting of the user for all windows, which is not ours to change.
    if (!folder) return 'noFolder';
    const key = `handOver ${folder.uri.toString()}`;
    const memory = this.memory.get<FolderState>(key);
    if (state !== 'ready' && !(state === 'none' && memory && !memory.isPaused)) return 'unchanged';

    const python = await pythonExtension();
    if (!python) return 'noPythonExtension';
    this.watch(python);
    const current = python.environments.getActiveEnvironmentPath(folder.uri).path;

    if (state === 'none') {
      if (!memory || !isSame(current, memory.ours)) return 'unchanged';
      await this.set(python, memory.before, folder);
      await this.memory.update(key, undefined);
      this.log.info(`Python of ${folder.name} is again ${memory.before}`);
      return 'restored';
    }

    const interpreter = interpreterIn((run.environment as { path: string }).path);
    if (memory?.isPaused && !isRequested) return 'paused';
    if (isSame(current, interpreter)) return 'unchanged';
    const before = memory && isSame(current, memory.ours) ? memory.before : current;
    await this.memory.update(key, { before, ours: interpreter, isPaused: false } satisfies FolderState);
    await this.set(python, interpreter, folder);
    this.log.info(`Python of ${folder.name} is ${interpreter}, for ${vscode.workspace.asRelativePath(file)}`);
    return 'handedOver';
  }

  private async set(python: PythonExtensionApi, interpreter: string, folder: vscode.WorkspaceFolder): Promise<void> {
    this.setting = interpreter;
    try {
      await python.environments.updateActiveEnvironmentPath(interpreter, folder);
    } finally {
      this.setting = undefined;
    }
  }

  private watch(python: PythonExtensionApi): void {
    this.subscription ??= python.environments.onDidChangeActiveEnvironmentPath((event) => {
      if (!event.resource) return;
      const key = `handOver ${event.resource.uri.toString()}`;
      const memory = this.memory.get<FolderState>(key);
      if (!memory || isSame(event.path, memory.ours) || (this.setting !== undefined && isSame(event.path, this.setting))) return;
      this.log.info(`Another Python was chosen for ${event.resource.name}; it is left alone from now on`);
      void this.memory.update(key, { ...memory, isPaused: true } satisfies FolderState);
    });
  }
}

/** Two names of one interpreter: Python extensions call it by the environment's directory or by any of its links. */
function isSame(left: string, right: string): boolean {
  const environment = (interpreter: string): string => {
    const directory = path.dirname(interpreter);
    return /^(bin|scripts)$/i.test(path.basename(directory)) ? path.dirname(directory) : interpreter;
  };
  return left === right || environment(left) === environment(right);
}
