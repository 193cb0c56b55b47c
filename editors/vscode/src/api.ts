import type * as vscode from 'vscode';

/** What other extensions get from `extensions.getExtension('vpythontools.vpython-spec').activate()`. */
export interface VPythonApi {
  readonly version: 1;

  /** Whether anything in this window has called for more than the check for specs. */
  isLoaded(): boolean;

  /** The environment of a script or spec; undefined where no spec applies, where vpython3 is missing, and in restricted mode. */
  environmentOf(file: vscode.Uri): Promise<ScriptEnvironment | undefined>;

  /** An environment was built, or a spec was changed. */
  readonly onDidChangeEnvironments: vscode.Event<void>;
}

export interface ScriptEnvironment {
  /** The file that the spec is in. */
  readonly spec: string;

  /** The directory of the environment; undefined while the versions of its packages are not known on this machine. */
  readonly path: string | undefined;

  /** Python in the environment, there only when {@link isReady}. */
  readonly interpreter: string | undefined;

  readonly isReady: boolean;
}
