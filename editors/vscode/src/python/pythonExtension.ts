import * as vscode from 'vscode';

/** What we use of the API of the Python extension (`ms-python.python`), named as there. */
export interface PythonExtensionApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): EnvironmentPath;
    updateActiveEnvironmentPath(environment: string | EnvironmentPath, resource?: vscode.Uri | vscode.WorkspaceFolder): Promise<void>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<EnvironmentPath & { readonly resource: vscode.WorkspaceFolder | undefined }>;
  };
}

export interface EnvironmentPath {
  readonly id: string;
  /** The interpreter, or the directory of the environment when there is none. */
  readonly path: string;
}

const extensionId = 'ms-python.python';

/** The API of the Python extension, which is activated for it; undefined where it is not installed or too old. */
export async function pythonExtension(): Promise<PythonExtensionApi | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtensionApi>(extensionId);
  if (!extension) return undefined;
  const api = extension.isActive ? extension.exports : await extension.activate();
  return typeof api?.environments?.updateActiveEnvironmentPath === 'function' ? api : undefined;
}
