import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findExecutable } from '../../src/executables';

describe('findExecutable', () => {
  let directory: string;
  beforeEach(() => (directory = fs.mkdtempSync(path.join(os.tmpdir(), 'vpython-find-'))));
  afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

  function file(name: string, mode = 0o755): string {
    const full = path.join(directory, name);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, '', { mode });
    return full;
  }

  it('takes what the settings name before all else', async () => {
    file('bin/vpython3');
    const named = file('named');
    assert.deepEqual(await findExecutable('vpython3', named, directory, {}), { path: named, origin: 'settings' });
  });

  it('does not fall back when the settings name what is not there, not executable, or relative', async () => {
    file('bin/vpython3');
    for (const named of [path.join(directory, 'none'), file('text', 0o644), directory, 'bin/vpython3']) assert.ok('missing' in (await findExecutable('vpython3', named, directory, {})), named);
  });

  it('takes the one of the extension before those on PATH', async () => {
    const bundled = file('bin/vpython-lsp');
    assert.deepEqual(await findExecutable('vpython-lsp', '', directory, { PATH: path.dirname(file('path/vpython-lsp')) }), { path: bundled, origin: 'extension' });
  });

  it('passes over relative entries of PATH, which could be the workspace', async () => {
    const found = file('path/vpython3');
    const before = process.cwd();
    process.chdir(path.dirname(file('workspace/vpython3')));
    try {
      assert.deepEqual(await findExecutable('vpython3', '', directory, { PATH: `.:${path.delimiter}:${path.dirname(found)}` }), { path: found, origin: 'path' });
    } finally {
      process.chdir(before);
    }
  });

  it('says what was looked for', async () => {
    const found = await findExecutable('vpython3', '', directory, { PATH: directory });
    assert.ok('missing' in found && found.missing.includes("'vpython3'"));
  });
});
