import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as path from 'node:path';

export type ExecutableName = 'vpython3' | 'vpython-lsp';

export interface Executable {
  readonly path: string;
  /** Where it was found: named by the user's settings, brought by the extension, or on PATH. */
  readonly origin: 'settings' | 'extension' | 'path';
}

export interface MissingExecutable {
  readonly missing: string;
}

/**
 * Finds an executable of ours: the one that the user's own settings name, else the one in the extension, else the first on PATH. Never one of the workspace:
 * relative entries of PATH, which mean the working directory, are passed over.
 */
export async function findExecutable(
  name: ExecutableName,
  configured: string,
  extensionDirectory: string,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<Executable | MissingExecutable> {
  if (configured !== '') {
    if (!path.isAbsolute(configured)) return { missing: `The setting names '${configured}', which is no absolute path.` };
    return (await isExecutable(configured, platform)) ? { path: configured, origin: 'settings' } : { missing: `The setting names '${configured}', which is no executable file.` };
  }
  const file = platform === 'win32' ? `${name}.exe` : name;
  const bundled = path.join(extensionDirectory, 'bin', file);
  if (await isExecutable(bundled, platform)) return { path: bundled, origin: 'extension' };
  const directories = (environment['PATH'] ?? environment['Path'] ?? '').split(platform === 'win32' ? ';' : ':');
  for (const directory of directories) {
    if (!path.isAbsolute(directory)) continue;
    const candidate = path.join(directory, file);
    if (await isExecutable(candidate, platform)) return { path: candidate, origin: 'path' };
  }
  return { missing: `'${file}' is neither in the extension nor on PATH.` };
}

async function isExecutable(file: string, platform: NodeJS.Platform): Promise<boolean> {
  try {
    await access(file, platform === 'win32' ? constants.F_OK : constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
