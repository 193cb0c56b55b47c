import * as path from 'node:path';
import * as vscode from 'vscode';
import { taskType } from '../names';
import { type Runner, RunnerUnavailable } from '../runner/runner';
import { activeFile } from './activeFile';
import { isNamedAsSpec, specLanguage } from '../names';

export type TaskVerb = 'run' | 'install' | 'lint' | 'fmt' | 'verify';

interface Definition extends vscode.TaskDefinition {
  readonly verb: TaskVerb;
  readonly script?: string;
  readonly args?: readonly string[];
}

const titles: Record<TaskVerb, string> = {
  run: 'run',
  install: 'build environment',
  lint: 'lint specs',
  fmt: 'format specs',
  verify: 'verify specs on all platforms',
};

/** Tasks of the type `vpython3`. Each is a program and its arguments, without a shell in between, so that names with blanks stay whole. */
export class Tasks {
  constructor(private readonly runner: Runner) {}

  async provideTasks(): Promise<vscode.Task[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const tasks: vscode.Task[] = [];
    try {
      for (const folder of folders) {
        for (const verb of ['lint', 'fmt', 'verify'] as const) tasks.push(await this.task({ type: taskType, verb }, folder, folder.uri.fsPath));
      }
      const file = activeFile();
      const folder = file && vscode.workspace.getWorkspaceFolder(file.uri);
      if (file && folder) {
        const script = path.relative(folder.uri.fsPath, file.uri.fsPath);
        if (file.languageId !== specLanguage) tasks.push(await this.task({ type: taskType, verb: 'run', script }, folder, folder.uri.fsPath));
        tasks.push(await this.task({ type: taskType, verb: 'install', script }, folder, folder.uri.fsPath));
      }
    } catch (error) {
      if (!(error instanceof RunnerUnavailable)) throw error;
      return [];
    }
    return tasks;
  }

  async resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
    const definition = task.definition as Definition;
    if (!folder || !(definition.verb in titles)) return undefined;
    // The definition must be the very object that was given.
    return this.task(definition, folder, folder.uri.fsPath, task.name);
  }

  /** Runs a script in a terminal of the editor, in the directory of its folder, or in its own where it is in none. */
  async runScript(file: vscode.Uri): Promise<vscode.TaskExecution> {
    const folder = vscode.workspace.getWorkspaceFolder(file);
    const directory = folder?.uri.fsPath ?? path.dirname(file.fsPath);
    return vscode.tasks.executeTask(await this.task({ type: taskType, verb: 'run', script: path.relative(directory, file.fsPath) }, folder ?? vscode.TaskScope.Workspace, directory));
  }

  /** Lints all folders of the workspace. */
  async lintWorkspace(): Promise<vscode.TaskExecution | undefined> {
    const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
    if (!first) {
      void vscode.window.showInformationMessage('Open a folder first.');
      return undefined;
    }
    const args = others.map((folder) => folder.uri.fsPath);
    return vscode.tasks.executeTask(await this.task({ type: taskType, verb: 'lint', ...(args.length > 0 && { args }) }, first, first.uri.fsPath));
  }

  private async task(definition: Definition, scope: vscode.WorkspaceFolder | vscode.TaskScope.Workspace, directory: string, name?: string): Promise<vscode.Task> {
    const executable = await this.runner.executable();
    const script = definition.script ?? (definition.verb === 'run' || definition.verb === 'install' ? activeFile()?.uri.fsPath : undefined);
    const file = script === undefined ? undefined : path.resolve(directory, script);
    const title = name ?? `${titles[definition.verb]}${definition.script ? `: ${definition.script}` : ''}`;
    const execution = new vscode.ProcessExecution(executable, this.argumentsOf(definition, directory, file), { cwd: directory });
    const task = new vscode.Task(definition, scope, title, 'vpython3', execution, matchers(definition.verb));
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Shared, focus: definition.verb === 'run', clear: true };
    if (definition.verb === 'lint') task.group = vscode.TaskGroup.Test;
    return task;
  }

  private argumentsOf(definition: Definition, directory: string, file: string | undefined): string[] {
    const own = this.runner.flags(vscode.Uri.file(file ?? directory));
    const rest = definition.args ?? [];
    const isSpec = file !== undefined && isNamedAsSpec(file);
    switch (definition.verb) {
      case 'run':
        return [...own, ...(file === undefined ? [] : [file]), ...rest];
      case 'install':
        return [...own, ...(isSpec ? ['-vpython-spec', file, '-vpython-tool', 'install'] : ['-vpython-tool', 'install', ...(file === undefined ? [] : [file])]), ...rest];
      case 'lint':
        return ['-vpython-tool', 'lint', '--format', 'concise', ...rest, file ?? '.'];
      case 'fmt':
        return ['-vpython-tool', 'fmt', ...rest, file ?? '.'];
      case 'verify':
        return [...own, '-vpython-tool', 'verify', ...rest, file ?? '.'];
    }
  }
}

function matchers(verb: TaskVerb): string[] {
  if (verb === 'run') return [];
  return verb === 'lint' ? ['$vpython3-lint', '$vpython3'] : ['$vpython3'];
}
