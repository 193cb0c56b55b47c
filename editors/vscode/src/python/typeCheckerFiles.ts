import * as vscode from 'vscode';
import { environmentState, type RunDescription } from '../runner/description';
import { type TypeChecker, typeCheckerSettings } from './typeCheckers';

const descriptions: Record<TypeChecker, string> = {
  pyright: 'pyrightconfig.json or pyproject.toml: venvPath, venv, pythonVersion',
  ty: 'ty.toml or pyproject.toml: environment.python, environment.python-version',
  ruff: 'ruff.toml or pyproject.toml: target-version',
};

/** What was written for a folder, so that it can be kept in step with the spec. */
interface Followed {
  readonly spec: string;
  readonly tools: readonly TypeChecker[];
  readonly environment: string;
}

/** Writes what pyright, ty and ruff read, when asked; from then on, a new environment of the same spec is written in the same place. */
export class TypeCheckerFiles {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async ask(file: vscode.Uri, run: RunDescription): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(file);
    if (!folder) {
      void vscode.window.showWarningMessage('The settings are written into the folder that the script is in: open that folder first.');
      return;
    }
    if (!run.environment || !run.interpreter) return;
    const picked = await vscode.window.showQuickPick(
      (Object.keys(descriptions) as TypeChecker[]).map((tool) => ({ label: tool, description: descriptions[tool], picked: true })),
      { canPickMany: true, title: 'Whose settings are to name the environment?', placeHolder: 'They hold a path of this machine: leave them out of version control' },
    );
    if (!picked || picked.length === 0) return;
    await this.write(
      folder,
      run,
      picked.map((item) => item.label as TypeChecker),
    );
  }

  /** Writes again where a followed spec has another environment now. */
  async follow(file: vscode.Uri, run: RunDescription): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(file);
    const followed = folder && this.memory.get<Followed>(key(folder));
    if (!folder || !followed || environmentState(run) !== 'ready') return;
    if (run.spec.path === followed.spec && run.environment?.path !== followed.environment) await this.write(folder, run, followed.tools);
  }

  async write(folder: vscode.WorkspaceFolder, run: RunDescription, tools: readonly TypeChecker[]): Promise<void> {
    if (!run.environment || !run.interpreter) return;
    const facts = { path: run.environment.path, pythonVersion: run.interpreter.version };
    for (const tool of tools) {
      const change = await typeCheckerSettings(tool, facts, (name) => read(vscode.Uri.joinPath(folder.uri, name)));
      if ('problem' in change) {
        void vscode.window.showWarningMessage(`${change.file} was not changed: ${change.problem}.`);
        continue;
      }
      if (openDocument(vscode.Uri.joinPath(folder.uri, change.file))?.isDirty) {
        void vscode.window.showWarningMessage(`${change.file} was not changed: it is open and not saved.`);
        continue;
      }
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, change.file), Buffer.from(change.text, 'utf8'));
      this.log.info(`${change.file} names ${facts.path}`);
    }
    await this.memory.update(key(folder), { spec: run.spec.path ?? '', tools: [...tools], environment: facts.path } satisfies Followed);
  }
}

function key(folder: vscode.WorkspaceFolder): string {
  return `typeCheckers ${folder.uri.toString()}`;
}

function openDocument(file: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
}

async function read(file: vscode.Uri): Promise<string | undefined> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
  } catch {
    return undefined;
  }
}
