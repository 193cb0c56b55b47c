import * as vscode from 'vscode';

export type BuildMoment = 'onRequest' | 'onSave';
export type HandOverMode = 'automatic' | 'onRequest';

/**
 * The settings, as far as this window may read them. Programs and directories have machine scope, so that VS Code itself ignores what a workspace says of them;
 * the others are not read at all where the workspace is not trusted.
 */
export const settings = {
  runnerPath: (): string => machine('runner.path'),
  serverPath: (): string => machine('server.path'),
  environmentRoot: (): string => machine('environmentRoot'),
  packages: (resource: vscode.Uri): string => read(resource, 'packages', ''),
  buildMoment: (resource: vscode.Uri): BuildMoment => read<BuildMoment>(resource, 'environment.build', 'onRequest'),
  handOver: (resource: vscode.Uri): HandOverMode => read<HandOverMode>(resource, 'python.handOver', 'automatic'),
  debugUsesEnvironment: (resource: vscode.Uri | undefined): boolean => read(resource, 'debug.useEnvironment', true),
  /** What the server may know, by the names that it asks for. Nothing else of the section: a workspace could have put a program there. */
  forServer: (): { cataloguePath: string; workspaceDiagnostics: boolean } => ({
    cataloguePath: read(undefined, 'cataloguePath', ''),
    workspaceDiagnostics: read(undefined, 'workspaceDiagnostics', true),
  }),
  isStatusBarVisible: (): boolean => vscode.workspace.getConfiguration('vpython').get('statusBar.visible', true),
};

function machine(name: string): string {
  const value = vscode.workspace.getConfiguration('vpython').inspect<string>(name);
  return value?.globalValue ?? value?.defaultValue ?? '';
}

function read<T>(resource: vscode.Uri | undefined, name: string, otherwise: T): T {
  const configuration = vscode.workspace.getConfiguration('vpython', resource ?? null);
  if (vscode.workspace.isTrusted) return configuration.get(name, otherwise);
  const value = configuration.inspect<T>(name);
  return value?.globalValue ?? value?.defaultValue ?? otherwise;
}
