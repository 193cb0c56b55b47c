import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ServerProcess } from '../../src/server/serverProcess';

describe('ServerProcess', () => {
  let directory: string;
  const server = new ServerProcess();
  beforeEach(() => (directory = fs.mkdtempSync(path.join(os.tmpdir(), 'vpython-server-'))));
  afterEach(() => {
    server.kill();
    fs.rmSync(directory, { recursive: true, force: true });
  });

  let count = 0;
  function script(body: string): string {
    const file = path.join(directory, `server${count++}`);
    fs.writeFileSync(file, body, { mode: 0o755 });
    return file;
  }

  it('runs in the directory of the program, and not in one of a workspace', async () => {
    const child = await server.start(script('#!/bin/sh\npwd\necho "$VARIABLE"\n'), { VARIABLE: 'value' }, 60_000);
    let text = '';
    child.stdout?.on('data', (piece) => (text += String(piece)));
    await once(child, 'close');
    assert.equal(text, `${fs.realpathSync(directory)}\nvalue\n`);
    assert.equal(server.howItEnded, 'exit code 0');
  });

  it('is ended when it does not answer in its time', async () => {
    const child = await server.start(script('#!/bin/sh\nexec sleep 600\n'), {}, 50);
    await once(child, 'exit');
    assert.equal(child.signalCode, 'SIGKILL');
  });

  it('lives on when it has answered', async () => {
    const answered = new ServerProcess();
    const child = await answered.start(script('#!/bin/sh\nread line\nexit 7\n'), {}, 200);
    answered.hasAnswered();
    // This one has more time, and does not answer.
    const silent = await server.start(script('#!/bin/sh\nexec sleep 600\n'), {}, 400);
    await once(silent, 'exit');
    child.stdin?.end('\n');
    await once(child, 'exit');
    assert.equal(child.exitCode, 7);
  });

  it('is never two', async () => {
    const first = await server.start(script('#!/bin/sh\nexec sleep 600\n'), {}, 60_000);
    const gone = once(first, 'exit');
    await server.start(script('#!/bin/sh\nexec sleep 600\n'), {}, 60_000);
    await gone;
    assert.equal(first.signalCode, 'SIGKILL');
  });

  it('tells of what cannot be run', async () => {
    await assert.rejects(server.start(path.join(directory, 'none'), {}, 60_000), /ENOENT/);
    fs.writeFileSync(path.join(directory, 'text'), 'no program', { mode: 0o644 });
    await assert.rejects(server.start(path.join(directory, 'text'), {}, 60_000), /EACCES/);
  });
});
