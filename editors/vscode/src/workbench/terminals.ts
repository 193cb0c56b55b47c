import * as path from 'node:path';
import * as vscode from 'vscode';
import { environmentState, interpreterIn, type RunDescription } from '../runner/description';
import type { Environments } from '../runner/environments';
import { specLanguage } from '../names';
import { activeFile } from './activeFile';

/** Terminals in which `python3` and the programs of the wheels are those of the environment of the active file. */
export class Terminals {
  constructor(private readonly environments: Environments) {}

  async provideTerminalProfile(token: vscode.CancellationToken): Promise<vscode.TerminalProfile | undefined> {
    const options = await this.options(activeFile());
    return options && !token.isCancellationRequested ? new vscode.TerminalProfile(options) : undefined;
  }

  async open(document: vscode.TextDocument): Promise<void> {
    const options = await this.options(document);
    if (options) vscode.window.createTerminal(options).show();
  }

  private async options(document: vscode.TextDocument | undefined): Promise<vscode.TerminalOptions | undefined> {
    if (!document) {
      void vscode.window.showInformationMessage('Open a script or a spec first: the terminal gets its environment.');
      return undefined;
    }
    const run = await readyEnvironment(this.environments, document);
    return run?.environment && terminalOptions(run.environment.path, path.dirname(document.uri.fsPath), process.env);
  }
}

/** The description of a document whose environment is there, built first when it was not; undefined when there is none, which the user has been told. */
export async function readyEnvironment(environments: Environments, document: vscode.TextDocument): Promise<RunDescription | undefined> {
  const isSpec = document.languageId === specLanguage;
  try {
    const description = await environments.describe(document.uri, isSpec);
    return environmentState(description) === 'ready' ? description : await environments.build(document.uri, isSpec);
  } catch (error) {
    environments.report('The environment cannot be used.', error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** The variables that `vpython3` itself sets for a script. */
export function terminalOptions(environment: string, directory: string, variables: NodeJS.ProcessEnv): vscode.TerminalOptions {
  const programs = path.dirname(interpreterIn(environment));
  const name = Object.keys(variables).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    name: `vpython: ${path.basename(directory)}`,
    iconPath: new vscode.ThemeIcon('package'),
    cwd: directory,
    env: { VIRTUAL_ENV: environment, PYTHONNOUSERSITE: '1', PYTHONHOME: null, __PYVENV_LAUNCHER__: null, [name]: `${programs}${path.delimiter}${variables[name] ?? ''}` },
  };
}
