import * as vscode from 'vscode';
import { specLanguage } from '../names';

/** Where a spec can be moved, and the kind that the server's code action for it has. */
export const moveKinds = {
  moveSpecIntoScript: 'refactor.move.vpython.embedded',
  moveSpecBesideScript: 'refactor.move.vpython.partner',
  moveSpecToCommon: 'refactor.move.vpython.common',
} as const;

/** Moves a spec by the code action that the server offers for it, anywhere in the document where it is offered. */
export async function moveSpec(document: vscode.TextDocument, move: keyof typeof moveKinds): Promise<boolean> {
  const kind = moveKinds[move];
  for (const range of places(document)) {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, kind, 1);
    const action = actions.find((candidate) => candidate.kind && vscode.CodeActionKind.Empty.append(kind).contains(candidate.kind) && !candidate.disabled);
    if (!action) continue;
    if (action.edit && !(await vscode.workspace.applyEdit(action.edit, { isRefactoring: true }))) return false;
    if (action.command) await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
    return true;
  }
  return false;
}

/** A spec of its own is offered its moves anywhere, one in a script within its guards, a script without one at its first line. */
function places(document: vscode.TextDocument): vscode.Range[] {
  const start = new vscode.Range(0, 0, 0, 0);
  if (document.languageId === specLanguage) return [start];
  const guard = document.getText().indexOf('[VPYTHON:BEGIN]');
  if (guard < 0) return [start];
  const at = document.positionAt(guard);
  return [new vscode.Range(at, at), start];
}
