import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ScriptEnvironment } from './api';
import { type CommandName, isNamedAsSpec, specLanguage } from './names';
import { HandOver } from './python/handOver';
import { TypeCheckerFiles } from './python/typeCheckerFiles';
import { environmentState, interpreterIn, type RunDescription } from './runner/description';
import { Environments } from './runner/environments';
import { Runner, RunnerUnavailable } from './runner/runner';
import { LanguageServer, type SpecMove } from './server/languageServer';
import { activeFile, isFileOfOurs, saved } from './workbench/activeFile';
import { Debugging } from './workbench/debugging';
import { Explanations } from './workbench/explanations';
import { StatusBar } from './workbench/statusBar';
import { Tasks } from './workbench/tasks';
import { readyEnvironment, Terminals } from './workbench/terminals';
import { Wheels } from './workbench/wheels';

/** What this editor does where a code lens names a command of the server. */
const ofServer = {
  'vpython.explainSpec': 'explainSpec',
  'vpython.showEnvironment': 'showEnvironment',
  'vpython.installEnvironment': 'buildEnvironment',
} as const;

const moves: Record<'moveSpecIntoScript' | 'moveSpecBesideScript' | 'moveSpecToCommon', SpecMove> = {
  moveSpecIntoScript: 'toScript',
  moveSpecBesideScript: 'toPartner',
  moveSpecToCommon: 'toCommon',
};

/** Everything behind the names that `extension.ts` registers, in a window that has specs. */
export class Session {
  readonly runner: Runner;
  readonly environments: Environments;
  readonly tasks: Tasks;
  readonly terminals: Terminals;
  readonly debugging: Debugging;
  private readonly log: vscode.LogOutputChannel;
  private readonly server: LanguageServer;
  private readonly handOver: HandOver;
  private readonly typeCheckers: TypeCheckerFiles;
  private readonly explanations: Explanations;
  private readonly wheels: Wheels;

  constructor(context: vscode.ExtensionContext) {
    this.log = vscode.window.createOutputChannel('vpython', { log: true });
    this.runner = new Runner(context.extensionPath, this.log);
    this.environments = new Environments(this.runner, this.log);
    this.tasks = new Tasks(this.runner);
    this.terminals = new Terminals(this.environments);
    this.debugging = new Debugging(this.environments);
    this.server = new LanguageServer(context.extensionPath, this.log, (command, file) => this.run(ofServer[command], [file]));
    this.handOver = new HandOver(context.workspaceState, this.log);
    this.typeCheckers = new TypeCheckerFiles(context.workspaceState, this.log);
    this.explanations = new Explanations(this.runner);
    this.wheels = new Wheels(this.runner, this.environments, this.log);
    const statusBar = new StatusBar(this.environments);
    context.subscriptions.push(
      this.log,
      this.environments,
      this.server,
      this.handOver,
      this.explanations,
      statusBar,
      // The code lens that runs a script names this; the server has no terminal.
      vscode.commands.registerCommand('vpython.runScript', (address: string) => this.run('runFile', [vscode.Uri.parse(address)])),
      statusBar.onDidDescribe(({ document, description }) => void this.follow(document, description)),
    );
  }

  /** Nothing waits for the server: what vpython3 knows is there without it. */
  start(): void {
    void this.server.start();
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  async environmentOf(file: vscode.Uri): Promise<ScriptEnvironment | undefined> {
    try {
      const run = await this.environments.describe(file, isSpecFile(file));
      const isReady = environmentState(run) === 'ready';
      if (run.spec.kind === 'none' || run.spec.path === undefined) return undefined;
      return { spec: run.spec.path, path: run.environment?.path, interpreter: isReady && run.environment ? interpreterIn(run.environment.path) : undefined, isReady };
    } catch (error) {
      if (error instanceof RunnerUnavailable) return undefined;
      throw error;
    }
  }

  /** Runs a command of ours. Most speak of the active file; an address as the first argument names another one. */
  async run(command: CommandName, args: readonly unknown[]): Promise<unknown> {
    switch (command) {
      case 'restartServer':
        return this.server.restart();
      case 'showLog':
        return this.log.show();
      case 'updateCatalogue':
        return this.updateCatalogue();
      case 'lintWorkspace':
        return this.trying(() => this.tasks.lintWorkspace());
      default: {
        const document = await documentOf(args[0]);
        if (document) return this.trying(() => this.runFor(command, document, args[1]));
        void vscode.window.showInformationMessage('Open a script or a spec first.');
        return undefined;
      }
    }
  }

  private async runFor(command: CommandName, document: vscode.TextDocument, argument?: unknown): Promise<unknown> {
    switch (command) {
      case 'runFile':
        return (await saved(document)) ? this.tasks.runScript(document.uri) : undefined;
      case 'buildEnvironment': {
        const run = await this.environments.build(document.uri, isSpec(document));
        if (!run) return false;
        void vscode.window.setStatusBarMessage('$(pass) The environment is there.', 3000);
        void this.server.lookAtEnvironment(document.uri);
        return true;
      }
      case 'explainSpec':
        return this.explanations.show(document, 'which');
      case 'showTree':
        return this.explanations.show(document, 'tree');
      case 'showMatrix':
        return this.explanations.show(document, 'matrix');
      case 'addWheel':
        return this.wheels.add(document, textOf(argument));
      case 'removeWheel':
        return this.wheels.remove(document, textOf(argument));
      case 'upgradeWheels':
        return this.server.isRunning ? vscode.commands.executeCommand('vpython.upgradeWheels', document.uri.toString()) : Promise.reject(new Error('The language server is not running.'));
      case 'openSpec':
        return this.openSpec(document);
      case 'showEnvironment':
        return this.showEnvironment(document);
      case 'openTerminal':
        return this.terminals.open(document);
      case 'useInterpreter':
        return this.useInterpreter(document);
      case 'writeTypeCheckerSettings': {
        const run = await readyEnvironment(this.environments, document);
        return run && this.typeCheckers.ask(document.uri, run);
      }
      case 'createSpec':
        return this.createSpec(document);
      case 'moveSpecIntoScript':
      case 'moveSpecBesideScript':
      case 'moveSpecToCommon': {
        const why = await this.server.moveSpec(document, moves[command]);
        if (why !== undefined) void vscode.window.showInformationMessage(why);
        return why === undefined;
      }
      case 'showMenu':
        return this.showMenu(document);
      default:
        return undefined;
    }
  }

  private async follow(document: vscode.TextDocument, run: RunDescription): Promise<void> {
    try {
      await this.handOver.follow(document, run);
      await this.typeCheckers.follow(document.uri, run);
    } catch (error) {
      this.log.warn(String(error));
    }
  }

  private async trying(work: () => Promise<unknown>): Promise<unknown> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.log.error(error);
      const isMissing = error instanceof RunnerUnavailable && vscode.workspace.isTrusted;
      const choice = await vscode.window.showErrorMessage(error.message, isMissing ? 'Open Settings' : 'Show Log');
      if (choice === 'Open Settings') await vscode.commands.executeCommand('workbench.action.openSettings', 'vpython.runner.path');
      else if (choice) this.log.show();
      return undefined;
    }
  }

  private async openSpec(document: vscode.TextDocument): Promise<vscode.TextEditor | undefined> {
    const run = await this.environments.describeDocument(document);
    if (run.spec.path === undefined) {
      void vscode.window.showInformationMessage('No spec applies to this script.');
      return undefined;
    }
    const spec = await vscode.workspace.openTextDocument(run.spec.path);
    const guard = Math.max(0, run.spec.kind === 'embedded' ? spec.getText().indexOf('[VPYTHON:BEGIN]') : 0);
    const at = spec.positionAt(guard);
    return vscode.window.showTextDocument(spec, { selection: new vscode.Range(at, at) });
  }

  private async useInterpreter(document: vscode.TextDocument): Promise<unknown> {
    const run = await readyEnvironment(this.environments, document);
    if (!run) return undefined;
    const result = await this.handOver.request(document.uri, run);
    if (result === 'noPythonExtension') void vscode.window.showWarningMessage('The Python extension is not installed.');
    else if (result === 'noFolder') void vscode.window.showWarningMessage('The Python extension keeps an interpreter for a folder: open the folder of the script first.');
    else if (run.environment) void vscode.window.setStatusBarMessage(`$(pass) Python is ${interpreterIn(run.environment.path)}`, 5000);
    return result;
  }

  private async createSpec(document: vscode.TextDocument): Promise<unknown> {
    if (!(await saved(document))) return undefined;
    const outcome = await this.runner.run(await this.runner.verb('init', document.uri));
    if (outcome.code !== 0) {
      this.environments.report('No spec was made.', outcome.standardError);
      return undefined;
    }
    this.environments.forget();
    return vscode.window.showTextDocument(vscode.Uri.file(`${document.uri.fsPath}.vpython3`));
  }

  private async updateCatalogue(): Promise<unknown> {
    return this.trying(async () => {
      const executable = await this.runner.executable();
      const directory = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(path.dirname(executable));
      const call = { executable, arguments: [...this.runner.flags(directory), '-vpython-tool', 'catalog', 'update'], directory: directory.fsPath };
      return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: 'Refreshing the catalogue of wheels', cancellable: true }, async (progress, token) => {
        const outcome = await this.runner.run(call, { token, onLine: (line) => progress.report({ message: line }) });
        if (outcome.code === 0) this.log.info(outcome.standardOutput.trim() || outcome.standardError.trim());
        else if (!token.isCancellationRequested) this.environments.report('The catalogue was not refreshed.', outcome.standardError);
        return outcome.code === 0;
      });
    });
  }

  private async showEnvironment(document: vscode.TextDocument): Promise<unknown> {
    const run = await this.environments.describeDocument(document);
    const state = environmentState(run);
    const separator = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
    type Item = vscode.QuickPickItem & { readonly act?: () => unknown };
    const items: Item[] = [];
    if (run.environment && state === 'ready') {
      const environment = run.environment.path;
      const interpreter = interpreterIn(environment);
      items.push(
        { label: '$(copy) Copy the path of the interpreter', description: interpreter, act: () => vscode.env.clipboard.writeText(interpreter) },
        { label: '$(terminal) Open a terminal in it', act: () => this.terminals.open(document) },
        { label: '$(folder-opened) Open its directory in a new window', description: environment, act: () => vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(environment), { forceNewWindow: true }) },
      );
    } else {
      items.push({ label: '$(package) Build it', act: () => this.run('buildEnvironment', [document.uri]) });
      for (const error of state === 'broken' ? run.errors : []) items.push({ label: `$(error) ${error.message}`, ...(error.code ? { description: error.code } : {}), act: () => this.run('openSpec', [document.uri]) });
    }
    if (run.interpreter) items.push(separator('made from'), { label: `$(symbol-misc) Python ${run.interpreter.version}`, description: run.interpreter.path });
    items.push(separator(`${run.packages.length} wheels`));
    for (const wheel of run.packages) items.push({ label: `$(package) ${wheel.name}`, description: wheel.version, ...(wheel.instance ? { detail: wheel.instance } : {}) });
    const picked = await vscode.window.showQuickPick(items, { title: `Environment: ${state === 'ready' ? 'ready' : 'not built'}`, matchOnDescription: true, matchOnDetail: true });
    return picked?.act?.();
  }

  private async showMenu(document: vscode.TextDocument): Promise<unknown> {
    const run = await this.environments.describeDocument(document);
    const state = environmentState(run);
    const entry = (command: CommandName, label: string): vscode.QuickPickItem & { command: CommandName } => ({ label, command });
    const entries = [
      ...(state === 'missing' ? [entry('buildEnvironment', '$(package) Build the environment')] : []),
      ...(isSpec(document) ? [] : [entry('runFile', '$(play) Run with vpython3'), entry('openSpec', '$(go-to-file) Open the effective spec')]),
      entry('explainSpec', '$(question) Explain the effective spec'),
      ...(state === 'none' ? [] : [entry('addWheel', '$(add) Add a wheel'), entry('showMatrix', '$(table) Show the wheels by platforms')]),
      ...(state === 'ready' ? [entry('showEnvironment', '$(list-tree) Show the environment'), entry('openTerminal', '$(terminal) Open a terminal in it'), entry('useInterpreter', '$(symbol-misc) Use its interpreter for Python'), entry('buildEnvironment', '$(sync) Build the environment again if its packages changed')] : []),
      ...(state === 'broken' ? [entry('buildEnvironment', '$(error) Try to build, and see what is wrong')] : []),
      entry('showLog', '$(output) Show the log'),
    ];
    const picked = await vscode.window.showQuickPick(entries, { title: run.spec.path ? vscode.workspace.asRelativePath(run.spec.path) : 'No spec', placeHolder: run.spec.why });
    return picked && this.run(picked.command, [document.uri]);
  }
}

export function startSession(context: vscode.ExtensionContext): Session {
  const session = new Session(context);
  session.start();
  return session;
}

function isSpec(document: vscode.TextDocument): boolean {
  return document.languageId === specLanguage;
}

/** By the language where the file is open, which a first line or a setting may have chosen, else by its name. */
function isSpecFile(file: vscode.Uri): boolean {
  if (isNamedAsSpec(file.fsPath)) return true;
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
  return open !== undefined && isSpec(open);
}

async function documentOf(argument: unknown): Promise<vscode.TextDocument | undefined> {
  if (!(argument instanceof vscode.Uri)) return activeFile();
  const document = await vscode.workspace.openTextDocument(argument);
  return isFileOfOurs(document) ? document : undefined;
}

function textOf(argument: unknown): string | undefined {
  return typeof argument === 'string' ? argument : undefined;
}
