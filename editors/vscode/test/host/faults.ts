import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { VPythonApi } from '../../src/api';
import { Runner } from '../../src/runner/runner';
import { runSuite, until } from './suite';

/** Processes of the server that this extension host has started. */
function servers(): number[] {
  const table = execFileSync('ps', ['-o', 'pid=,ppid=,comm=', '-A'], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => {
    const [pid, parent, name] = line.trim().split(/\s+/);
    return name === 'vpython-lsp' && Number(parent) === process.pid ? [Number(pid)] : [];
  });
}

export function run(): Promise<void> {
  return runSuite(() => {
    let api: VPythonApi;
    const folder = (): vscode.Uri => (vscode.workspace.workspaceFolders as vscode.WorkspaceFolder[])[0]!.uri;
    const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), name);
    const command = <T>(name: string, ...args: unknown[]): Thenable<T> => vscode.commands.executeCommand<T>(`vpython-spec.${name}`, ...args);
    const set = (name: string, value: string | undefined): Thenable<void> => vscode.workspace.getConfiguration('vpython').update(name, value, vscode.ConfigurationTarget.Global);

    function program(name: string, body: string): string {
      const full = path.join(folder().fsPath, '..', name);
      fs.writeFileSync(full, body, { mode: 0o755 });
      return full;
    }

    /** The server answers, and there is no second one. */
    async function answers(): Promise<void> {
      await until('a hover', async () => (await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', file('wrong.vpython3'), new vscode.Position(0, 3))).length === 1);
      await until('one server', () => servers().length === 1);
    }

    before(async () => {
      api = await (vscode.extensions.getExtension<VPythonApi>('vpythontools.vpython-spec') as vscode.Extension<VPythonApi>).activate();
      await vscode.window.showTextDocument(file('wrong.vpython3'));
      await answers();
    });

    afterEach(async () => {
      await set('server.path', undefined);
      await set('runner.path', undefined);
      await command('restartServer');
      await answers();
    });

    describe('a server', () => {
      it('that is restarted is another process', async () => {
        const [before] = servers();
        await command('restartServer');
        await answers();
        assert.notEqual(servers()[0], before);
      });

      it('that crashes is started again, until it has done so five times in a row', async () => {
        for (let crash = 1; crash <= 5; crash++) {
          const [killed] = servers();
          process.kill(killed as number, 'SIGKILL');
          if (crash < 5) {
            await until(`start ${crash}`, () => servers().some((pid) => pid !== killed));
            await answers();
          } else {
            await until('no hover', async () => (await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', file('wrong.vpython3'), new vscode.Position(0, 3))).length === 0);
            await until('no server', () => servers().length === 0);
          }
        }
      });

      it('that never answers holds up nothing but itself', async () => {
        await set('server.path', program('hangs', '#!/bin/sh\necho $$ > "$0.pid"\nexec sleep 600\n'));
        const pid = Number(await until('the process', () => fs.existsSync(file('../hangs.pid').fsPath) && fs.readFileSync(file('../hangs.pid').fsPath, 'utf8').trim()));
        assert.equal((await api.environmentOf(file('hello/hello.py')))?.isReady, false);
        await command('showLog');
        await set('server.path', undefined);
        await answers();
        assert.throws(() => process.kill(pid, 0), /ESRCH/);
      });

      for (const [what, path] of [
        ['is not there', () => '/nowhere/vpython-lsp'],
        ['is no program', () => program('text', 'no program')],
        ['ends at once', () => program('ends', '#!/bin/sh\nexit 3\n')],
        ['speaks no protocol', () => program('babbles', '#!/bin/sh\necho hello\nexec cat\n')],
      ] as const) {
        it(`that ${what} takes only its own features along`, async () => {
          await set('server.path', path());
          await command('restartServer');
          await until('no server', () => servers().length === 0);
          assert.equal((await api.environmentOf(file('hello/hello.py')))?.spec, file('hello/hello.py.vpython3').fsPath);
          assert.equal(await command('moveSpecIntoScript', file('hello/hello.py.vpython3')), false);
        });
      }
    });

    describe('a vpython3', () => {
      it('that is not there is an environment that is not known', async () => {
        await set('runner.path', '/nowhere/vpython3');
        assert.equal(await api.environmentOf(file('hello/hello.py')), undefined);
        assert.equal(await command('buildEnvironment', file('hello/hello.py')), false);
      });

      it('that is the one of Chrome Operations is said to be another program', async () => {
        const other = program('vpython3', '#!/bin/sh\necho "[E2026-11-30T00:00:00Z 1 0 main.go] unknown -vpython-tool command: which" >&2\nexit 1\n');
        await set('runner.path', other);
        assert.equal(await api.environmentOf(file('hello/hello.py')), undefined);
        const log = vscode.window.createOutputChannel('test', { log: true });
        await assert.rejects(new Runner('/nowhere', log).describe(file('hello/hello.py'), false), { message: `${other} is not the vpython3 of these tools: it does not answer '-vpython-tool which --json'. Name the right one in the setting vpython.runner.path.` });
        log.dispose();
      });

      it('that does not answer is ended after its time', async () => {
        await set('runner.path', program('sleeps', '#!/bin/sh\nsleep 600\n'));
        const log = vscode.window.createOutputChannel('test', { log: true });
        await assert.rejects(new Runner('/nowhere', log, 200).describe(file('hello/hello.py'), false), /sleeps did not answer within/);
        log.dispose();
      });

      it('that cannot be run is told by its path', async () => {
        const text = program('text2', '#!/nowhere/sh\n');
        await set('runner.path', text);
        await assert.rejects(api.environmentOf(file('hello/hello.py')) as Promise<unknown>, (error: Error) => error.message.startsWith(`${text} cannot be started`));
      });
    });
  });
}
