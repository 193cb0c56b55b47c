import { access } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { hostLanguages, specLanguage } from './names';

const beginGuard = '[VPYTHON:BEGIN]';

/** How long a workspace is searched for a spec before it counts as one without. */
const searchMilliseconds = 2000;

/**
 * Whether this window has anything to do with specs. All that a window without specs ever pays for is this file: a search for one word in each script that
 * is opened, and a look at the names beside and above it.
 */
export async function windowHasSpecs(): Promise<boolean> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isVirtual = folders.length > 0 && folders.every((folder) => folder.uri.scheme !== 'file');
  if (isVirtual) return false;
  const documents = vscode.workspace.textDocuments;
  if (documents.some((document) => document.languageId === specLanguage && isReadable(document))) return true;
  const hosts = documents.filter((document) => hostLanguages.includes(document.languageId));
  // No script is open: it was the search of the workspace, or a command of ours, that activated the extension.
  if (hosts.length === 0) return true;
  for (const host of hosts) {
    if (await documentHasSpec(host)) return true;
  }
  return workspaceHasSpecs();
}

/** Whether a spec is in the document, beside it, or above it. */
export async function documentHasSpec(document: vscode.TextDocument): Promise<boolean> {
  if (!isReadable(document)) return false;
  if (document.languageId === specLanguage) return true;
  if (!hostLanguages.includes(document.languageId)) return false;
  if (document.getText().includes(beginGuard)) return true;
  if (document.uri.scheme !== 'file') return false;
  return fileHasSpecNearby(document.uri.fsPath);
}

/** Whether a change is the beginning of a spec being written into a script. */
export function changeBeginsSpec(event: vscode.TextDocumentChangeEvent): boolean {
  if (!hostLanguages.includes(event.document.languageId) || !isReadable(event.document)) return false;
  return event.contentChanges.some(
    (change) => change.text.includes(beginGuard) || (change.text.length > 0 && event.document.lineAt(change.range.start.line).text.includes('[VPY')),
  );
}

/** Whether a partner or a common spec applies to the file; the search ends at the root or at a directory with `.gclient`, as that of vpython3 does. */
export async function fileHasSpecNearby(file: string): Promise<boolean> {
  if (await exists(`${file}.vpython3`)) return true;
  for (let directory = path.dirname(file); ; directory = path.dirname(directory)) {
    if (await exists(path.join(directory, '.vpython3'))) return true;
    if (path.dirname(directory) === directory || (await exists(path.join(directory, '.gclient')))) return false;
  }
}

/** Files of a disk, and texts that have no file yet: those that the language server takes. */
function isReadable(document: vscode.TextDocument): boolean {
  return document.uri.scheme === 'file' || document.uri.scheme === 'untitled';
}

async function workspaceHasSpecs(): Promise<boolean> {
  const timeout = new vscode.CancellationTokenSource();
  const timer = setTimeout(() => timeout.cancel(), searchMilliseconds);
  try {
    return (await vscode.workspace.findFiles('**/{.vpython3,*.vpython3}', undefined, 1, timeout.token)).length > 0;
  } finally {
    clearTimeout(timer);
    timeout.dispose();
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
