import * as vscode from 'vscode';
import { environmentState, interpreterIn } from '../runner/description';
import type { Environments } from '../runner/environments';
import { settings } from '../settings';
import { activeFile } from './activeFile';

/** Marks a configuration between the two steps in which VS Code resolves it: before and after its variables are replaced. */
const mark = 'vpythonEnvironment';

type Demand = 'required' | 'ifReady';

/**
 * Debug configurations: those of the type `vpython3` become ones of the Python debugger with the interpreter of the script's environment, which is built first
 * when it is not there; those of the type `debugpy` that name no interpreter get it too, when it is there.
 */
export class Debugging {
  constructor(private readonly environments: Environments) {}

  async resolveOwn(configuration: vscode.DebugConfiguration): Promise<vscode.DebugConfiguration | undefined> {
    if (!vscode.extensions.getExtension('ms-python.debugpy')) {
      const choice = await vscode.window.showErrorMessage('Debugging needs the Python Debugger extension.', 'Show Extension');
      if (choice) await vscode.commands.executeCommand('workbench.extensions.search', '@id:ms-python.debugpy');
      return undefined;
    }
    return toDebugpy(configuration, activeFile()?.uri.fsPath);
  }

  /** Notes, while it can still be seen, that a configuration names no interpreter. */
  markForEnvironment(configuration: vscode.DebugConfiguration): vscode.DebugConfiguration {
    if (configuration[mark] || configuration.request !== 'launch' || !namesNoInterpreter(configuration)) return configuration;
    return { ...configuration, [mark]: 'ifReady' satisfies Demand };
  }

  /** Sets the interpreter, now that the program is a path. Undefined ends the launch. */
  async useEnvironment(configuration: vscode.DebugConfiguration): Promise<vscode.DebugConfiguration | undefined> {
    const demand = configuration[mark] as Demand | undefined;
    const { [mark]: _, ...rest } = configuration;
    const program: unknown = configuration['program'];
    if (!demand || typeof program !== 'string' || program === '') return rest as vscode.DebugConfiguration;
    const file = vscode.Uri.file(program);
    if (demand === 'ifReady' && (!vscode.workspace.isTrusted || !settings.debugUsesEnvironment(file))) return rest as vscode.DebugConfiguration;
    try {
      let description = await this.environments.describe(file, false);
      if (demand === 'required' && environmentState(description) !== 'ready' && description.spec.kind !== 'none') {
        const built = await this.environments.build(file, false);
        if (!built) return undefined;
        description = built;
      }
      if (environmentState(description) === 'ready' && description.environment) return withInterpreter(rest, interpreterIn(description.environment.path));
      if (demand === 'required' && description.interpreter) return withInterpreter(rest, description.interpreter.path);
      return rest as vscode.DebugConfiguration;
    } catch (error) {
      if (demand === 'ifReady') return rest as vscode.DebugConfiguration;
      this.environments.report('The script cannot be debugged.', error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}

/** A configuration of ours as one of the Python debugger. Without a launch.json it is the active file. */
export function toDebugpy(configuration: vscode.DebugConfiguration, activeScript: string | undefined): vscode.DebugConfiguration | undefined {
  const program: unknown = configuration['program'] ?? activeScript;
  if (program === undefined) return undefined;
  return {
    console: 'integratedTerminal',
    ...configuration,
    name: configuration.name ?? 'vpython3: the active file',
    request: configuration.request ?? 'launch',
    type: 'debugpy',
    program,
    [mark]: 'required' satisfies Demand,
  };
}

function namesNoInterpreter(configuration: vscode.DebugConfiguration): boolean {
  const named: unknown = configuration['python'] ?? configuration['pythonPath'];
  return named === undefined || named === '' || named === '${command:python.interpreterPath}';
}

function withInterpreter(configuration: object, interpreter: string): vscode.DebugConfiguration {
  const { pythonPath: _, ...rest } = configuration as vscode.DebugConfiguration & { pythonPath?: unknown };
  return { ...rest, python: [interpreter], env: { PYTHONNOUSERSITE: '1', ...(rest['env'] as object | undefined) } } as unknown as vscode.DebugConfiguration;
}
