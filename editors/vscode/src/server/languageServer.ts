import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, RevealOutputChannelOn, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { findExecutable } from '../executables';
import { hostLanguages, specLanguage } from '../names';
import { settings } from '../settings';

/** The language client and the process behind it. */
export class LanguageServer implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private queue: Promise<void> = Promise.resolve();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly extensionDirectory: string,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidChangeConfiguration((event) => (event.affectsConfiguration('vpython.server.path') ? void this.restart() : undefined)),
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
    const client = new LanguageClient('vpython', 'vpython language server', serverOptions(found.path), this.clientOptions());
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

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [specLanguage, ...hostLanguages].flatMap((language) => [
        { scheme: 'file', language },
        { scheme: 'untitled', language },
      ]),
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: { isTrusted: vscode.workspace.isTrusted },
      markdown: { isTrusted: false, supportHtml: false },
    };
  }
}

function serverOptions(command: string): ServerOptions {
  return { command, args: [], transport: TransportKind.stdio, options: { shell: false } };
}
