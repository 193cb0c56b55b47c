import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { VPythonApi } from '../../src/api';
import { runSuite, until } from './suite';

interface PythonStandIn {
  readonly calls: readonly unknown[];
}

export function run(): Promise<void> {
  return runSuite(() => {
    let api: VPythonApi;
    const file = (name: string): vscode.Uri => vscode.Uri.file(path.join(process.env['VPYTHON_TEST_WORKSPACE'] as string, name));
    const command = <T>(name: string, ...args: unknown[]): Thenable<T> => vscode.commands.executeCommand<T>(`vpython-spec.${name}`, ...args);

    describe('a window without a folder', () => {
      before(async () => {
        assert.equal(vscode.workspace.workspaceFolders, undefined);
        await vscode.window.showTextDocument(file('hello/hello.py'));
        api = await (vscode.extensions.getExtension<VPythonApi>('vpythontools.vpython-spec') as vscode.Extension<VPythonApi>).activate();
      });

      it('loads all for a script with a spec', async () => {
        await until('the rest is loaded', () => api.isLoaded());
      });

      it('has diagnostics', async () => {
        await vscode.window.showTextDocument(file('wrong.vpython3'));
        await until('a diagnostic', () => vscode.languages.getDiagnostics(file('wrong.vpython3')).length > 0);
      });

      it('builds environments', async () => {
        assert.equal(await command('buildEnvironment', file('hello/hello.py')), true);
        assert.equal((await api.environmentOf(file('hello/hello.py')))?.isReady, true);
      });

      it('runs a script as a task in its directory', async () => {
        const started = new Promise<vscode.Task>((resolve) => vscode.tasks.onDidStartTask((event) => resolve(event.execution.task)));
        assert.ok(await command('runFile', file('hello/hello.py')));
        const execution = (await started).execution as vscode.ProcessExecution;
        assert.equal(execution.args.at(-1), file('hello/hello.py').fsPath);
        assert.equal(execution.options?.cwd, file('hello').fsPath);
      });

      it('leaves the Python extension alone, whose setting would be the one of all windows', async () => {
        await vscode.window.showTextDocument(file('hello/hello.py'));
        assert.equal(await command('useInterpreter', file('hello/hello.py')), 'noFolder');
        const python = (await vscode.extensions.getExtension<PythonStandIn>('ms-python.python')!.activate()) as PythonStandIn;
        assert.deepEqual(python.calls, []);
      });
    });
  });
}
