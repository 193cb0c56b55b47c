import * as vscode from 'vscode';
import type { VPythonApi } from './api';
import { changeBeginsSpec, documentHasSpec, windowHasSpecs } from './firstSign';
import type { Session } from './session';
import { type CommandName, commandNames, debugType, taskType, terminalProfile } from './names';

let loaded: Promise<Session> | undefined;

/**
 * Registers names, and loads the rest (the language client, the server, the runner) at the first sign of a spec or when one of the names is called.
 */
export function activate(context: vscode.ExtensionContext): VPythonApi {
  const session = (): Promise<Session> => (loaded ??= load(context));

  for (const name of commandNames) {
    context.subscriptions.push(vscode.commands.registerCommand(`vpython-spec.${name}`, async (...args: unknown[]) => (await session()).run(name as CommandName, args)));
  }
  context.subscriptions.push(
    vscode.tasks.registerTaskProvider(taskType, {
      provideTasks: async () => (loaded ? (await loaded).tasks.provideTasks() : []),
      resolveTask: async (task) => (await session()).tasks.resolveTask(task),
    }),
    vscode.window.registerTerminalProfileProvider(terminalProfile, {
      provideTerminalProfile: async (token) => (await session()).terminals.provideTerminalProfile(token),
    }),
    vscode.debug.registerDebugConfigurationProvider(debugType, {
      resolveDebugConfiguration: async (_folder, configuration) => (await session()).debugging.resolveOwn(configuration),
    }),
    vscode.debug.registerDebugConfigurationProvider('debugpy', {
      resolveDebugConfiguration: (_folder, configuration) => (loaded ? loaded.then((it) => it.debugging.markForEnvironment(configuration)) : configuration),
      resolveDebugConfigurationWithSubstitutedVariables: async (_folder, configuration) => (loaded ? (await loaded).debugging.useEnvironment(configuration) : configuration),
    }),
  );

  const waiting: vscode.Disposable[] = [];
  const start = (): void => {
    vscode.Disposable.from(...waiting).dispose();
    session().catch((error: unknown) => console.error('vpython', error));
  };
  const startWhen = (sign: Promise<boolean>): void => {
    sign.then((found) => (found && !loaded ? start() : undefined)).catch((error: unknown) => console.error('vpython', error));
  };
  waiting.push(
    vscode.workspace.onDidOpenTextDocument((document) => startWhen(documentHasSpec(document))),
    vscode.workspace.onDidChangeTextDocument((event) => (changeBeginsSpec(event) ? start() : undefined)),
  );
  context.subscriptions.push(...waiting);
  startWhen(windowHasSpecs());

  return {
    version: 1,
    isLoaded: () => loaded !== undefined,
    environmentOf: async (uri) => (await session()).environmentOf(uri),
    onDidChangeEnvironments: (listener, thisArgs, disposables) => {
      let inner: vscode.Disposable | undefined;
      let disposed = false;
      const outer = new vscode.Disposable(() => {
        disposed = true;
        inner?.dispose();
      });
      void session().then((it) => (disposed ? undefined : (inner = it.environments.onDidChange(listener, thisArgs))));
      disposables?.push(outer);
      return outer;
    },
  };
}

export async function deactivate(): Promise<void> {
  if (loaded) await (await loaded).stop();
}

async function load(context: vscode.ExtensionContext): Promise<Session> {
  const { startSession } = await import('./session');
  return startSession(context);
}
