import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VPythonApi } from '../../src/api';
import { notes, runSuite, until } from './suite';

export function run(): Promise<void> {
  return runSuite(() => {
    describe('a window without specs', () => {
      const folder = (): vscode.Uri => (vscode.workspace.workspaceFolders as vscode.WorkspaceFolder[])[0]!.uri;
      const extension = (): vscode.Extension<VPythonApi> => vscode.extensions.getExtension<VPythonApi>('vpythontools.vpython-spec') as vscode.Extension<VPythonApi>;

      it('does not activate the extension for other files', async () => {
        await vscode.window.showTextDocument(vscode.Uri.joinPath(folder(), 'README.md'));
        assert.equal(extension().isActive, false);
      });

      it('loads nothing but the check for a Python file', async () => {
        const begun = performance.now();
        const opened = vscode.window.showTextDocument(vscode.Uri.joinPath(folder(), 'plain.py'));
        await until('the extension is active', () => extension().isActive);
        await opened;
        notes.push(`from opening a Python file to an active extension: ${Math.round(performance.now() - begun)} ms`);
        // A second script goes through the whole check, so that the first one's is over.
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'python', content: 'print()\n' }));
        await vscode.workspace.findFiles('**/*.vpython3');
        assert.equal(extension().exports.isLoaded(), false);
      });

      it('loads nothing for a spec that is on no disk', async () => {
        const never = new vscode.EventEmitter<never>();
        const text = Buffer.from('python_version: "3"\n');
        const unable = (): never => {
          throw vscode.FileSystemError.NoPermissions();
        };
        const registration = vscode.workspace.registerFileSystemProvider('virtual', {
          onDidChangeFile: never.event,
          watch: () => never,
          stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length }),
          readFile: () => text,
          readDirectory: () => [],
          createDirectory: unable,
          writeFile: unable,
          delete: unable,
          rename: unable,
        });
        const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('virtual:/a.vpython3'));
        assert.equal(document.languageId, 'vpython-spec');
        await vscode.window.showTextDocument(document);
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'python', content: 'print(2)\n' }));
        await vscode.workspace.findFiles('**/*.vpython3');
        assert.equal(extension().exports.isLoaded(), false);
        registration.dispose();
      });

      it('loads the rest when a spec is begun in a script', async () => {
        const document = await vscode.workspace.openTextDocument({ language: 'python', content: 'print()\n' });
        const editor = await vscode.window.showTextDocument(document);
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# [VPYTHON:BEGIN]\n'));
        await until('the rest is loaded', () => extension().exports.isLoaded());
      });
    });
  });
}
