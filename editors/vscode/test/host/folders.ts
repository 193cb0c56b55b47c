import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { VPythonApi } from '../../src/api';
import { runSuite, until } from './suite';

interface PythonStandIn {
  readonly environments: { getActiveEnvironmentPath(resource?: vscode.Uri): { path: string } };
}

export function run(): Promise<void> {
  return runSuite(() => {
    let api: VPythonApi;
    const folder = (index: number): vscode.WorkspaceFolder => (vscode.workspace.workspaceFolders as vscode.WorkspaceFolder[])[index]!;
    const file = (index: number, name: string): vscode.Uri => vscode.Uri.joinPath(folder(index).uri, name);
    const command = <T>(name: string, ...args: unknown[]): Thenable<T> => vscode.commands.executeCommand<T>(`vpython-spec.${name}`, ...args);

    describe('a workspace of several folders', () => {
      before(async () => {
        assert.equal(vscode.workspace.workspaceFolders?.length, 2);
        api = await (vscode.extensions.getExtension<VPythonApi>('vpythontools.vpython-spec') as vscode.Extension<VPythonApi>).activate();
      });

      it('has the problems of all', async () => {
        await vscode.window.showTextDocument(file(0, 'hello.py.vpython3'));
        await until('a diagnostic', () => vscode.languages.getDiagnostics(file(1, 'wrong.vpython3')).length > 0);
      });

      it('lints all in one task', async () => {
        const started = new Promise<vscode.Task>((resolve) => vscode.tasks.onDidStartTask((event) => resolve(event.execution.task)));
        await command('lintWorkspace');
        const execution = (await started).execution as vscode.ProcessExecution;
        const outcome = spawnSync(execution.process, execution.args, { cwd: execution.options?.cwd as string, encoding: 'utf8' });
        assert.match(outcome.stdout, /two\/hello\.py\.vpython3:\d+:\d+: \w+ VPY\d+ /);
      });

      it('reads the places of packages of each folder', async () => {
        await vscode.workspace.getConfiguration('vpython', folder(1).uri).update('packages', 'nothing-here', vscode.ConfigurationTarget.WorkspaceFolder);
        assert.equal(await command('buildEnvironment', file(1, 'hello.py')), false);
        assert.equal(await command('buildEnvironment', file(0, 'hello.py')), true);
      });

      it('gives the Python extension an interpreter for the folder of the script alone', async () => {
        const python = (await vscode.extensions.getExtension<PythonStandIn>('ms-python.python')!.activate()) as PythonStandIn;
        const interpreter = (await api.environmentOf(file(0, 'hello.py')))?.interpreter;
        assert.ok(interpreter !== undefined);
        await vscode.window.showTextDocument(file(0, 'hello.py'));
        await until('the interpreter is handed over', () => python.environments.getActiveEnvironmentPath(folder(0).uri).path === interpreter);
        assert.equal(python.environments.getActiveEnvironmentPath(folder(1).uri).path, '/usr/bin/python3');
      });
    });
  });
}
