import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CloseAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  ErrorAction,
  ExecuteCommandRequest,
  type CodeAction,
  type CloseHandlerResult,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient/node';
import { findExecutable } from '../executables';
import { hostLanguages, specLanguage } from '../names';
import { variables } from '../runner/runner';
import { settings } from '../settings';
import { Crashes } from './crashes';
import { ServerProcess } from './serverProcess';

/** A command of the server that a code lens names, with the file that it speaks of. */
export type ServerCommand = 'vpython.explainSpec' | 'vpython.showEnvironment' | 'vpython.installEnvironment';

const shownHere: ReadonlySet<string> = new Set<ServerCommand>(['vpython.explainSpec', 'vpython.showEnvironment', 'vpython.installEnvironment']);

/** Settings that the server learns when it starts. */
const atStart = ['vpython.server.path', 'vpython.runner.path', 'vpython.environmentRoot', 'vpython.packages'];

/** How long a server may take to answer `initialize`. Then it is taken for one that never will. */
const longestStartMilliseconds = 30_000;

/** How many messages in a row may be unreadable. */
const longestDisturbance = 3;

/** How a code action for another place of a spec is told from the others of its kind. */
export type SpecMove = 'toScript' | 'toPartner' | 'toCommon';

/** The language client and the process behind it. Nothing else waits for it: a server that is missing, hangs or crashes takes only its own features along. */
export class LanguageServer implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly process = new ServerProcess();
  private queue: Promise<void> = Promise.resolve();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly extensionDirectory: string,
    private readonly log: vscode.LogOutputChannel,
    /** Does what a code lens asks for, with the means of this editor. */
    private readonly perform: (command: ServerCommand, file: vscode.Uri) => Promise<unknown>,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidChangeConfiguration((event) => (atStart.some((name) => event.affectsConfiguration(name)) ? void this.restart() : undefined)),
      // What the server may do is said once, when it starts.
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.restart()),
    ];
  }

  start(): Promise<void> {
    return this.inTurn(() => this.startNow());
  }

  /** Ends the server, also one that hangs, and starts it. Resolves when it has answered, or when it is known that it does not. */
  restart(): Promise<void> {
    this.abandonStart();
    return this.inTurn(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  stop(): Promise<void> {
    this.abandonStart();
    return this.inTurn(() => this.stopNow());
  }

  /** Whether there is a server that answers. */
  get isRunning(): boolean {
    return this.client?.isRunning() === true;
  }

  /** Lets the server look again whether an environment is there, so that its code lenses say so. Not a reason to trouble anybody when it cannot. */
  async lookAtEnvironment(file: vscode.Uri): Promise<void> {
    try {
      await this.client?.sendRequest(ExecuteCommandRequest.type, { command: 'vpython.showEnvironment', arguments: [file.toString()] });
    } catch (error) {
      this.log.debug(`The server did not look at the environment: ${String(error)}`);
    }
  }

  /** Moves a spec to another place, by the server's own code action for it. Undefined when it is done, else why it is not. */
  async moveSpec(document: vscode.TextDocument, move: SpecMove): Promise<string | undefined> {
    await this.queue;
    const client = this.client;
    if (!client?.isRunning()) return 'The language server is not running.';
    let why = 'This spec cannot be moved there.';
    for (const at of placesOfSpec(document)) {
      const position = { line: at.line, character: at.character };
      const actions = await client.sendRequest(CodeActionRequest.type, {
        textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
        range: { start: position, end: position },
        context: { diagnostics: [], only: [moveKind] },
      });
      const action = (actions ?? []).find((each): each is CodeAction => 'kind' in each && each.kind === moveKind && keyOf(each) === move);
      if (!action) continue;
      if (action.disabled) {
        why = action.disabled.reason;
        continue;
      }
      const resolved = action.edit ? action : await client.sendRequest(CodeActionResolveRequest.type, action);
      const edit = await client.protocol2CodeConverter.asWorkspaceEdit(resolved.edit);
      return edit && (await vscode.workspace.applyEdit(edit, { isRefactoring: true })) ? undefined : why;
    }
    return why;
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    void this.stop();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work, work);
    return this.queue;
  }

  /** A start that is still under way ends now, so that what comes behind it need not wait for a server that hangs. */
  private abandonStart(): void {
    if (this.client && !this.client.isRunning()) this.process.kill();
  }

  private async startNow(): Promise<void> {
    const found = await findExecutable('vpython-lsp', settings.serverPath(), this.extensionDirectory);
    if ('missing' in found) {
      this.log.error(`vpython-lsp was not found. ${found.missing}`);
      void vscode.window.showErrorMessage(`The language server of vpython specs was not found. ${found.missing}`, 'Open Settings').then((choice) => {
        if (choice) void vscode.commands.executeCommand('workbench.action.openSettings', 'vpython.server.path');
      });
      return;
    }
    this.log.info(`Language server: ${found.path} (${found.origin})`);
    const begun = performance.now();
    const runner = await findExecutable('vpython3', settings.runnerPath(), this.extensionDirectory);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const client = new QuietClient('vpython', 'vpython language server', () => this.process.start(found.path, folder ? variables(folder) : {}, longestStartMilliseconds), this.clientOptions('missing' in runner ? undefined : runner.path));
    this.client = client;
    try {
      client.onDidChangeState(({ newState }) => (newState === State.Running ? this.process.hasAnswered() : undefined));
      await client.start();
      this.log.info(`Language server ${client.initializeResult?.serverInfo?.version ?? ''} answered after ${Math.round(performance.now() - begun)} ms`);
    } catch (error) {
      this.process.kill();
      this.log.error(`The language server did not start: ${String(error)}`);
      this.tell(`The language server of vpython specs (${found.path}) did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      if (client?.isRunning()) await client.dispose();
    } catch (error) {
      this.log.warn(`The language server did not stop by itself: ${String(error)}`);
    } finally {
      this.process.kill();
    }
  }

  private tell(what: string): void {
    void vscode.window.showErrorMessage(what, 'Restart', 'Show Log').then((choice) => {
      if (choice === 'Restart') void this.restart();
      else if (choice) this.log.show();
    });
  }

  /** What is done when the server ends without having been asked to: it is started again, unless that happens again and again. */
  private errorHandler(): ErrorHandler {
    const crashes = new Crashes();
    let hasRun = false;
    return {
      error: (error, _message, count) => {
        this.log.warn(`The conversation with the language server is disturbed: ${error.message}`);
        // What is not the protocol from its beginning never will be; what comes behind is an end of the connection.
        if (!this.isRunning || (count ?? 0) > longestDisturbance) this.process.kill();
        return { action: ErrorAction.Continue, handled: true };
      },
      closed: (): CloseHandlerResult => {
        hasRun ||= this.client?.initializeResult !== undefined;
        if (!hasRun) return { action: CloseAction.DoNotRestart, handled: true };
        this.log.warn(`The language server ended: ${this.process.howItEnded}`);
        if (crashes.mayStartAgain(Date.now())) return { action: CloseAction.Restart, handled: true };
        this.tell('The language server of vpython specs crashes again and again, and is not started any more.');
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private clientOptions(runner: string | undefined): LanguageClientOptions {
    return {
      documentSelector: [specLanguage, ...hostLanguages].flatMap((language) => [
        { scheme: 'file', language },
        { scheme: 'untitled', language },
      ]),
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: this.errorHandler(),
      initializationOptions: {
        ...settings.forServer(),
        workspaceIsTrusted: vscode.workspace.isTrusted,
        showsResults: true,
        runsScripts: true,
        runnerPath: runner,
        ruleDocumentation: vscode.Uri.file(path.join(this.extensionDirectory, 'docs', 'rules', path.sep)).toString(),
      },
      markdown: { isTrusted: false, supportHtml: false },
      middleware: {
        workspace: {
          configuration: (params) => params.items.map((item) => (item.section === 'vpython' ? settings.forServer() : null)),
          didChangeConfiguration: (_sections, next) => next(undefined),
        },
        executeCommand: async (command, args, next) => {
          const [address] = args as unknown[];
          return shownHere.has(command) && typeof address === 'string' ? this.perform(command as ServerCommand, vscode.Uri.parse(address)) : (next(command, args) as unknown);
        },
      },
    };
  }
}

/** A client whose mishaps are in the log: what people are told of them, with what they can do, is said here, once. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

const moveKind = 'refactor.move.vpython';

/** Which move an action is, as all have one kind: by the key that the server resolves it by; one that cannot be done has none, and only its title. */
function keyOf(action: CodeAction): SpecMove | undefined {
  const data = action.data as { readonly key?: SpecMove } | undefined;
  if (data?.key) return data.key;
  const title = action.title;
  if (/^Move the spec into /.test(title)) return 'toScript';
  if (/^Move the spec to .*, for all scripts/.test(title)) return 'toCommon';
  return /^Move the spec to /.test(title) ? 'toPartner' : undefined;
}

/** Where the moves of a spec are offered: in a spec of its own anywhere, in a script at its guard. */
function placesOfSpec(document: vscode.TextDocument): vscode.Position[] {
  const guard = document.getText().indexOf('[VPYTHON:BEGIN]');
  return guard < 0 ? [new vscode.Position(0, 0)] : [document.positionAt(guard), document.positionAt(guard).translate(1).with({ character: 0 })];
}
