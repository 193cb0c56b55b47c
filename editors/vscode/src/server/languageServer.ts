import * as path from 'node:path';
import * as vscode from 'vscode';
import { CodeActionRequest, CodeActionResolveRequest, ExecuteCommandRequest, type CodeAction, LanguageClient, type LanguageClientOptions, RevealOutputChannelOn, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { findExecutable } from '../executables';
import { hostLanguages, specLanguage } from '../names';
import { variables } from '../runner/runner';
import { settings } from '../settings';

/** A command of the server that a code lens names, with the file that it speaks of. */
export type ServerCommand = 'vpython.explainSpec' | 'vpython.showEnvironment' | 'vpython.installEnvironment';

const shownHere: ReadonlySet<string> = new Set<ServerCommand>(['vpython.explainSpec', 'vpython.showEnvironment', 'vpython.installEnvironment']);

/** Settings that the server learns when it starts. */
const atStart = ['vpython.server.path', 'vpython.runner.path', 'vpython.environmentRoot', 'vpython.packages'];

/** How a code action for another place of a spec is told from the others of its kind. */
export type SpecMove = 'toScript' | 'toPartner' | 'toCommon';

/** The language client and the process behind it. */
export class LanguageServer implements vscode.Disposable {
  private client: LanguageClient | undefined;
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

  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.stopNow());
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
    const client = this.client;
    if (!client) return 'The language server is not running.';
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
    const client = new LanguageClient('vpython', 'vpython language server', serverOptions(found.path), this.clientOptions('missing' in runner ? undefined : runner.path));
    this.client = client;
    try {
      await client.start();
      this.log.info(`Language server ${client.initializeResult?.serverInfo?.version ?? ''} answered after ${Math.round(performance.now() - begun)} ms`);
    } catch (error) {
      this.log.error(`The language server did not start: ${String(error)}`);
      void vscode.window.showErrorMessage('The language server of vpython specs did not start.', 'Show Log').then((choice) => (choice ? this.log.show() : undefined));
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      this.log.warn(`The language server did not stop by itself: ${String(error)}`);
    }
  }

  private clientOptions(runner: string | undefined): LanguageClientOptions {
    return {
      documentSelector: [specLanguage, ...hostLanguages].flatMap((language) => [
        { scheme: 'file', language },
        { scheme: 'untitled', language },
      ]),
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
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

function serverOptions(command: string): ServerOptions {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return { command, args: [], transport: TransportKind.stdio, options: { shell: false, env: { ...process.env, ...(folder && variables(folder)) } } };
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
