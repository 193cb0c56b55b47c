import * as vscode from 'vscode';
import { hostLanguages, specLanguage } from '../names';

/** The document that commands without an argument speak of: a spec or a script on the disk, in the active editor. */
export function activeFile(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && isFileOfOurs(document) ? document : undefined;
}

export function isFileOfOurs(document: vscode.TextDocument): boolean {
  return document.uri.scheme === 'file' && (document.languageId === specLanguage || hostLanguages.includes(document.languageId));
}

/** Saves a document, as vpython3 reads the disk. False when it could not be saved. */
export async function saved(document: vscode.TextDocument): Promise<boolean> {
  return !document.isDirty || document.save();
}

/** How a spec is called in few words. */
export function nameOfSpec(path: string | undefined, kind: string): string {
  if (kind === 'embedded') return 'spec in script';
  return path === undefined ? 'no spec' : vscode.workspace.asRelativePath(path).replace(/^.*(?=\/[^/]+\/[^/]+$)/, '…');
}
