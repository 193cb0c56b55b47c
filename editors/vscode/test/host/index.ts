import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ScriptEnvironment, VPythonApi } from '../../src/api';
import { commandNames } from '../../src/names';
import { terminalOptions } from '../../src/workbench/terminals';
import { notes, runSuite, until } from './suite';

interface PythonStandIn {
  readonly environments: { getActiveEnvironmentPath(resource?: vscode.Uri): { path: string } };
  readonly calls: { readonly path: string; readonly folder: string }[];
  choose(path: string, folder: vscode.WorkspaceFolder): void;
}

interface DebugpyStandIn {
  readonly launched: vscode.DebugConfiguration[];
}

export function run(): Promise<void> {
  return runSuite(() => {
    let api: VPythonApi;
    const folder = (): vscode.WorkspaceFolder => (vscode.workspace.workspaceFolders as vscode.WorkspaceFolder[])[0]!;
    const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder().uri, name);
    const open = (name: string): Thenable<vscode.TextEditor> => vscode.window.showTextDocument(file(name));
    const environment = (name: string): Promise<ScriptEnvironment | undefined> => api.environmentOf(file(name));
    const command = <T>(name: (typeof commandNames)[number], ...args: unknown[]): Thenable<T> => vscode.commands.executeCommand<T>(`vpython-spec.${name}`, ...args);
    const python = async (): Promise<PythonStandIn> => (await vscode.extensions.getExtension<PythonStandIn>('ms-python.python')!.activate()) as PythonStandIn;
    const debugpy = async (): Promise<DebugpyStandIn> => (await vscode.extensions.getExtension<DebugpyStandIn>('ms-python.debugpy')!.activate()) as DebugpyStandIn;
    const activePython = async (): Promise<string> => (await python()).environments.getActiveEnvironmentPath(folder().uri).path;

    before(async () => {
      const begun = performance.now();
      api = await (vscode.extensions.getExtension<VPythonApi>('vpythontools.vpython-spec') as vscode.Extension<VPythonApi>).activate();
      await api.environmentOf(file('hello/hello.py'));
      notes.push(`activation, and what is known of a script's environment: ${Math.round(performance.now() - begun)} ms`);
    });

    describe('languages', () => {
      for (const [name, language] of [
        ['common/.vpython3', 'vpython-spec'],
        ['hello/hello.py.vpython3', 'vpython-spec'],
        ['plain/old.vpython', 'vpython-spec'],
        ['plain/tool', 'python'],
      ] as const) {
        it(`${name} is ${language}`, async () => assert.equal((await vscode.workspace.openTextDocument(file(name))).languageId, language));
      }
    });

    describe('commands', () => {
      it('are all registered', async () => {
        const known = await vscode.commands.getCommands(true);
        assert.deepEqual(commandNames.filter((name) => !known.includes(`vpython-spec.${name}`)), []);
      });

      it('build the environment of a script, whose Python has its wheels', async () => {
        const before = await environment('hello/hello.py');
        assert.equal(before?.spec, file('hello/hello.py.vpython3').fsPath);
        assert.equal(before.isReady, false);
        assert.equal(await command('buildEnvironment', file('hello/hello.py')), true);
        const after = await environment('hello/hello.py');
        assert.ok(after?.isReady && after.interpreter);
        const answer = spawnSync(after.interpreter, ['-c', 'import greeting, textbox; print("both")'], { encoding: 'utf8' });
        assert.equal(answer.stdout, 'both\n', answer.stderr);
      });

      it('know the same environment by the spec itself, a spec in a script, and a common one', async () => {
        const interpreter = (await environment('hello/hello.py'))?.interpreter;
        for (const name of ['hello/hello.py.vpython3', 'embedded.py', 'common/report.py']) assert.equal((await environment(name))?.interpreter, interpreter, name);
        assert.equal((await environment('common/report.py'))?.spec, file('common/.vpython3').fsPath);
        assert.equal(await environment('plain/plain.py'), undefined);
      });

      it('tell of a build that fails, and leave nothing', async () => {
        assert.equal(await command('buildEnvironment', file('wrong.vpython3')), false);
        assert.equal((await environment('wrong.vpython3'))?.isReady, false);
      });

      it('explain the effective spec', async () => {
        await open('embedded.py');
        await command('explainSpec');
        const text = (await until('an explanation', () => vscode.workspace.textDocuments.find((document) => document.uri.scheme === 'vpython-explanation'))).getText();
        assert.match(text, /^kind +embedded/m);
        assert.match(text, /greeting-py3/);
      });

      it('open the effective spec at its beginning', async () => {
        await open('embedded.py');
        await command('openSpec');
        const editor = vscode.window.activeTextEditor as vscode.TextEditor;
        assert.ok(editor.document.lineAt(editor.selection.active.line).text.includes('[VPYTHON:BEGIN]'));
        await open('common/report.py');
        await command('openSpec');
        assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, file('common/.vpython3').fsPath);
      });

      it('make a spec for a script', async () => {
        await open('plain/plain.py');
        await command('createSpec');
        assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, file('plain/plain.py.vpython3').fsPath);
        await vscode.workspace.fs.delete(file('plain/plain.py.vpython3'));
        await until('the spec is gone', async () => (await environment('plain/plain.py')) === undefined);
      });

      it('add a wheel with what it needs, and remove both', async () => {
        fs.writeFileSync(file('wheels.vpython3').fsPath, '# kept\npython_version: "3.11"\n');
        assert.equal(await command('addWheel', file('wheels.vpython3'), 'requests==2.31.0'), true);
        const added = fs.readFileSync(file('wheels.vpython3').fsPath, 'utf8');
        assert.match(added, /^# kept\n[^]*wheels\/requests-py3"\n {2}version: "version:2\.31\.0"[^]*wheels\/idna-py3"/);
        assert.equal(await command('removeWheel', file('wheels.vpython3'), 'requests'), true);
        assert.equal(fs.readFileSync(file('wheels.vpython3').fsPath, 'utf8'), '# kept\npython_version: "3.11"\n');
      });

      it('change nothing for a wheel that nobody knows', async () => {
        assert.equal(await command('addWheel', file('wheels.vpython3'), 'no-such-wheel'), false);
        assert.equal(fs.readFileSync(file('wheels.vpython3').fsPath, 'utf8'), '# kept\npython_version: "3.11"\n');
      });

      it('add a wheel to what is seen, saved or not', async () => {
        const editor = await open('wheels.vpython3');
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# typed\n'));
        assert.equal(await command('addWheel', file('wheels.vpython3'), 'six'), true);
        await until('the editor shows it', () => /^# typed\n# kept\n[^]*six/.test(editor.document.getText()));
        fs.rmSync(file('wheels.vpython3').fsPath);
      });

      it('tell what the wheels need, and where they are', async () => {
        const read = async (name: 'showTree' | 'showMatrix'): Promise<string> => (await command<vscode.TextEditor>(name, file('wrong.vpython3'))).document.getText();
        assert.match(await read('showTree'), /requests 2\.31\.999/);
        assert.match(await read('showMatrix'), /manylinux-x64[^]*requests/);
      });

      it('build what is seen, saved or not', async () => {
        const editor = await open('common/.vpython3');
        const saved = editor.document.getText();
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'not_a_field: 1\n'));
        assert.equal(await command('buildEnvironment', file('common/report.py')), false);
        assert.equal(editor.document.isDirty, false);
        await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 1, 0), ''));
        assert.equal(await command('buildEnvironment', file('common/report.py')), true);
        assert.equal(editor.document.getText(), saved);
      });
    });

    describe('the editor', () => {
      it('shows the spec of a script below it in the explorer, where files are nested', () => {
        const patterns = vscode.workspace.getConfiguration('explorer.fileNesting').get<Record<string, string>>('patterns');
        assert.equal(patterns?.['*.py'], '${capture}.py.vpython3, ${capture}.py.vpython');
        assert.ok(patterns['*.ts'] !== undefined, 'the patterns of the editor itself are gone');
      });
    });

    describe('the Python extension', () => {
      it('gets the interpreter of the active script', async () => {
        await open('hello/hello.py');
        const interpreter = (await environment('hello/hello.py'))?.interpreter as string;
        await until('the interpreter is handed over', async () => (await activePython()) === interpreter);
        assert.equal((await python()).calls.at(-1)?.folder, folder().uri.toString());
      });

      it('gets back what it had for a script without a spec', async () => {
        await open('plain/plain.py');
        await until('the interpreter is restored', async () => (await activePython()) === '/usr/bin/python3');
      });

      it('gets the new interpreter when the spec has changed and its environment is built', async () => {
        const editor = await open('common/.vpython3');
        const before = (await environment('common/report.py'))?.interpreter;
        await editor.edit((edit) => edit.delete(new vscode.Range(6, 0, 10, 0)));
        await editor.document.save();
        await until('the environment is not ready', async () => (await environment('common/report.py'))?.isReady === false);
        await open('common/report.py');
        await command('buildEnvironment');
        const after = (await environment('common/report.py'))?.interpreter;
        assert.ok(after !== undefined && after !== before);
        await until('the new interpreter is handed over', async () => (await activePython()) === after);
      });

      it('keeps the interpreter that somebody chose by hand, until the command is used', async () => {
        await open('hello/hello.py');
        const ours = (await environment('hello/hello.py'))?.interpreter as string;
        await until('the interpreter is handed over', async () => (await activePython()) === ours);
        (await python()).choose('/opt/mine/bin/python3', folder());
        const calls = (await python()).calls.length;
        await open('plain/plain.py');
        await open('hello/hello.py');
        // Each starts vpython3, and so ends behind what the change of the editor has brought about.
        for (let round = 0; round < 3; round++) await command('explainSpec', file('hello/hello.py'));
        assert.equal((await python()).calls.length, calls);
        assert.equal(await activePython(), '/opt/mine/bin/python3');
        assert.equal(await command('useInterpreter', file('hello/hello.py')), 'handedOver');
        assert.equal(await activePython(), ours);
      });
    });

    describe('settings', () => {
      const set = (name: string, value: unknown): Thenable<void> => vscode.workspace.getConfiguration('vpython').update(name, value, vscode.ConfigurationTarget.Workspace);

      it('python.handOver: onRequest leaves the Python extension alone until the command is used', async () => {
        await set('python.handOver', 'onRequest');
        const calls = (await python()).calls.length;
        await open('plain/plain.py');
        for (let round = 0; round < 3; round++) await command('explainSpec', file('plain/plain.py'));
        await open('common/report.py');
        for (let round = 0; round < 3; round++) await command('explainSpec', file('common/report.py'));
        assert.equal((await python()).calls.length, calls);
        assert.equal(await command('useInterpreter', file('common/report.py')), 'handedOver');
        await set('python.handOver', undefined);
      });

      it('environment.build: onSave builds when a spec is saved, and only then', async () => {
        fs.mkdirSync(file('saving').fsPath);
        fs.writeFileSync(file('saving/a.py.vpython3').fsPath, 'python_version: "3"\n');
        fs.writeFileSync(file('saving/a.py').fsPath, 'print()\n');
        const wheel = (name: string, version: string): string => `wheel: <\n  name: "infra/python/wheels/${name}"\n  version: "version:${version}"\n>\n`;
        const editor = await open('saving/a.py.vpython3');
        const save = async (text: string): Promise<void> => {
          await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), text));
          await editor.document.save();
        };
        await save(wheel('textbox-py3', '1.0'));
        await until('it is not ready', async () => (await environment('saving/a.py'))?.isReady === false);
        await set('environment.build', 'onSave');
        assert.equal((await environment('saving/a.py'))?.isReady, false);
        await save('# again\n');
        const built = await until('it is built', async () => {
          const now = await environment('saving/a.py');
          return now?.isReady ? now.path : undefined;
        });
        // Other tests build the same one, and begin without it.
        fs.rmSync(built, { recursive: true });
        fs.rmSync(file('saving').fsPath, { recursive: true });
        await set('environment.build', undefined);
      });
    });

    describe('type checkers', () => {
      it('get their settings, and get them again when the spec changes', async () => {
        await open('hello/hello.py');
        const done = command('writeTypeCheckerSettings');
        const read = (name: string): string => (fs.existsSync(file(name).fsPath) ? fs.readFileSync(file(name).fsPath, 'utf8') : '');
        await until('the settings are written', async () => {
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
          return read('ruff.toml') !== '';
        });
        await done;
        const first = (await environment('hello/hello.py'))?.path as string;
        assert.equal(JSON.parse(read('pyrightconfig.json')).venv, path.basename(first));
        assert.match(read('ruff.toml'), /^target-version = "py3\d+"$/m);
        assert.ok(read('ty.toml').includes(JSON.stringify(first)));

        const spec = await open('hello/hello.py.vpython3');
        await spec.edit((edit) => edit.delete(new vscode.Range(2, 0, 6, 0)));
        await spec.document.save();
        await open('hello/hello.py');
        await until('the environment is not ready', async () => (await environment('hello/hello.py'))?.isReady === false);
        await command('buildEnvironment');
        const second = (await environment('hello/hello.py'))?.path as string;
        assert.notEqual(second, first);
        await until('the settings follow', () => read('ty.toml').includes(JSON.stringify(second)) && read('pyrightconfig.json').includes(path.basename(second)));
      });
    });

    describe('tasks', () => {
      it('lint the folder, in a form that the problem matcher reads', async () => {
        const tasks = await vscode.tasks.fetchTasks({ type: 'vpython3' });
        const lint = tasks.find((task) => task.definition['verb'] === 'lint');
        assert.deepEqual(lint?.problemMatchers, ['$vpython3-lint', '$vpython3']);
        const execution = lint?.execution as vscode.ProcessExecution;
        const outcome = spawnSync(execution.process, execution.args, { cwd: execution.options?.cwd as string, encoding: 'utf8' });
        assert.equal(outcome.status, 1, outcome.stderr);
        const line = outcome.stdout.split('\n').find((each) => each.includes('wrong.vpython3:'));
        assert.match(line ?? outcome.stdout, /^(.+?):(\d+):(\d+): (error) (VPY2204) (.*)$/);
      });

      it('run the active script, as one argument whatever is in its name', async () => {
        await open('hello/hello.py');
        const run = (await vscode.tasks.fetchTasks({ type: 'vpython3' })).find((task) => task.definition['verb'] === 'run');
        const execution = run?.execution as vscode.ProcessExecution;
        assert.equal(execution.args.at(-1), file('hello/hello.py').fsPath);
        const outcome = spawnSync(execution.process, execution.args, { encoding: 'utf8', cwd: folder().uri.fsPath });
        assert.match(outcome.stdout + outcome.stderr, /Hello|No module named/);
      });
    });

    describe('debugging', () => {
      const launch = async (configuration: object): Promise<vscode.DebugConfiguration> => {
        const stand = await debugpy();
        const before = stand.launched.length;
        assert.ok(await vscode.debug.startDebugging(folder(), { name: 't', request: 'launch', ...configuration } as vscode.DebugConfiguration));
        return until('a launch', () => stand.launched[before]);
      };

      it('of the type vpython3 has the interpreter of the environment, which is built first', async () => {
        fs.mkdirSync(file('new').fsPath);
        fs.copyFileSync(file('plain/plain.py').fsPath, file('new/new.py').fsPath);
        fs.writeFileSync(file('new/new.py.vpython3').fsPath, 'python_version: "3"\n');
        const launched = await launch({ type: 'vpython3', program: '${workspaceFolder}/new/new.py' });
        const made = await environment('new/new.py');
        assert.equal(launched.type, 'debugpy');
        assert.ok(made?.isReady);
        assert.deepEqual(launched['python'], [made.interpreter]);
        assert.equal(launched['vpythonEnvironment'], undefined);
      });

      it('of the type debugpy has it where no interpreter is named', async () => {
        const launched = await launch({ type: 'debugpy', program: '${workspaceFolder}/new/new.py' });
        assert.deepEqual(launched['python'], [(await environment('new/new.py'))?.interpreter]);
      });

      it('of the type debugpy is left alone where the settings say so', async () => {
        const settings = vscode.workspace.getConfiguration('vpython');
        await settings.update('debug.useEnvironment', false, vscode.ConfigurationTarget.Workspace);
        assert.deepEqual((await launch({ type: 'debugpy', program: '${workspaceFolder}/new/new.py' }))['python'], ['/usr/bin/python3']);
        await settings.update('debug.useEnvironment', undefined, vscode.ConfigurationTarget.Workspace);
      });

      it('leaves a named interpreter, and scripts without a spec, alone', async () => {
        assert.deepEqual((await launch({ type: 'debugpy', program: '${workspaceFolder}/new/new.py', python: ['/opt/mine/bin/python3'] }))['python'], ['/opt/mine/bin/python3']);
        assert.deepEqual((await launch({ type: 'debugpy', program: '${workspaceFolder}/plain/plain.py' }))['python'], ['/usr/bin/python3']);
      });
    });

    describe('a terminal in the environment', () => {
      it('finds the programs of the environment first, and knows the environment', () => {
        const options = terminalOptions('/store/abc', '/work', { PATH: '/usr/bin', PYTHONHOME: '/x' });
        assert.equal(options.env?.['PATH'], '/store/abc/bin:/usr/bin');
        assert.equal(options.env?.['VIRTUAL_ENV'], '/store/abc');
        assert.equal(options.env?.['PYTHONHOME'], null);
      });
    });

    describe('the language server', () => {
      it('finds what is wrong with specs that are not open', async () => {
        const found = await until('a diagnostic', () => vscode.languages.getDiagnostics(file('never-opened.vpython3')).find((each) => (typeof each.code === 'object' ? each.code.value : each.code) === 'VPY2204'));
        assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
        assert.equal(found.range.start.line, 4);
        assert.ok(!vscode.workspace.textDocuments.some((document) => document.fileName === file('never-opened.vpython3').fsPath), 'the spec is open');
        const page = (found.code as { target: vscode.Uri }).target;
        assert.ok(page.path.endsWith('/docs/rules/VPY2204.md') && fs.existsSync(page.fsPath), page.toString());
      });

      it('answers in a spec inside a script as in a file of its own', async () => {
        await open('embedded.py');
        const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', file('embedded.py'), new vscode.Position(4, 5));
        assert.ok(hover, 'no hover');
        const outside = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', file('embedded.py'), new vscode.Position(18, 1));
        assert.deepEqual(outside, []);
      });

      it('moves a spec out of its script, and back', async () => {
        await open('embedded.py');
        assert.equal(await command('moveSpecBesideScript', file('embedded.py')), true);
        const partner = await vscode.workspace.openTextDocument(file('embedded.py.vpython3'));
        const script = await vscode.workspace.openTextDocument(file('embedded.py'));
        assert.match(partner.getText(), /greeting-py3/);
        assert.doesNotMatch(script.getText(), /VPYTHON:BEGIN/);
        await vscode.workspace.saveAll();
        await vscode.window.showTextDocument(partner);
        await until('the move is offered', () => command('moveSpecIntoScript', partner.uri));
        assert.match(script.getText(), /VPYTHON:BEGIN/);
      });

      it('has code lenses whose commands this editor does', async () => {
        await open('hello/hello.py.vpython3');
        const known = await vscode.commands.getCommands(true);
        const lenses = await until('code lenses', async () => {
          const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', file('hello/hello.py.vpython3'), 50);
          return found.length > 0 ? found : undefined;
        });
        const named = lenses.map((lens) => lens.command?.command).filter((name) => name !== undefined && name !== '');
        assert.ok(named.length > 0 && named.every((name) => known.includes(name as string)), named.join(', '));
      });
    });

    describe('the workspace', () => {
      it('cannot name a program or a directory by its settings, known to the editor or not', async () => {
        const settingsFile = file('.vscode/settings.json').fsPath;
        await until('a diagnostic', () => vscode.languages.getDiagnostics(file('never-opened.vpython3')).length > 0);
        fs.writeFileSync(settingsFile, JSON.stringify({ ...JSON.parse(fs.readFileSync(settingsFile, 'utf8')), 'vpython.runnerPath': file('evil.sh').fsPath }));
        // The editor reads the whole file again when it has written into it, whether or not it has seen the change of it.
        await vscode.workspace.getConfiguration('vpython').update('workspaceDiagnostics', false, vscode.ConfigurationTarget.Workspace);
        assert.equal(vscode.workspace.getConfiguration('vpython').get('runnerPath'), file('evil.sh').fsPath);
        // Then the server has asked for them.
        await until('the settings have reached the server', () => vscode.languages.getDiagnostics(file('never-opened.vpython3')).length === 0);
        // The server starts a program for this, whether or not that one knows the verb.
        await Promise.resolve(vscode.commands.executeCommand('vpython.interpreterPath', file('hello/hello.py').toString())).catch(() => undefined);
        assert.ok(fs.existsSync(file('.vscode/settings.json').fsPath));
        assert.ok(!fs.existsSync(file('evil-was-run').fsPath));
        assert.ok(!fs.existsSync(file('evil').fsPath));
      });
    });
  });
}
