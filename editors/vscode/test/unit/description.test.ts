import assert from 'node:assert/strict';
import { environmentState, interpreterIn, parseDescription, parseErrors } from '../../src/runner/description';

function answer(changes: object = {}): string {
  return JSON.stringify({
    spec: { path: '/w/a.py.vpython3', kind: 'partner', why: 'its name', trace: [] },
    interpreter: { path: '/usr/bin/python3.11', version: '3.11.2', candidates: [] },
    tag: 'cp311-cp311-manylinux1_x86_64',
    packages: [{ name: 'p', version: 'version:1', instance: null, location: 'a:1:1' }],
    environment: { id: 'abc', path: '/store/abc', ready: true },
    ...changes,
  });
}

describe('parseDescription', () => {
  it('reads all that is used', () => {
    const run = parseDescription(answer(), '');
    assert.deepEqual(run.spec, { path: '/w/a.py.vpython3', kind: 'partner', why: 'its name' });
    assert.deepEqual(run.packages, [{ name: 'p', version: 'version:1', instance: undefined }]);
    assert.equal(environmentState(run), 'ready');
  });

  it('takes what is not known as undefined', () => {
    const run = parseDescription(answer({ interpreter: null, environment: null }), '');
    assert.equal(run.interpreter, undefined);
    assert.equal(run.environment, undefined);
  });

  for (const text of ['', 'null', '[]', '{}', answer({ packages: {} }), answer({ environment: { id: 1 } })]) {
    it(`refuses what is no answer: ${text.slice(0, 30)}`, () => assert.throws(() => parseDescription(text, '')));
  }
});

describe('environmentState', () => {
  it('calls packages that were never fetched a missing environment, not a broken one', () => {
    const run = parseDescription(answer({ environment: null }), "/w/a.py.vpython3:3:8: error: CIPD_DISABLE_NETWORK is set, and the version 'v' of the package 'p' is not in the cache [VPY3134]\n  next: unset it\n");
    assert.equal(environmentState(run), 'missing');
  });

  it('calls a spec with a mistake broken', () => {
    const run = parseDescription(answer({ environment: null }), "/w/a.py.vpython3:2:8: error: This '<' is never closed. [VPY1004]\n");
    assert.deepEqual(run.errors, [{ message: "This '<' is never closed.", code: 'VPY1004' }]);
    assert.equal(environmentState(run), 'broken');
  });

  it('is none without a spec, whatever else is known', () => {
    assert.equal(environmentState(parseDescription(answer({ spec: { path: null, kind: 'none', why: '' } }), '')), 'none');
  });
});

describe('parseErrors', () => {
  it('reads errors with and without a place and a code', () => {
    assert.deepEqual(parseErrors('vpython3: error: no [VPY3003]\nwarning: x\na:1:2: error: plain'), [
      { message: 'no', code: 'VPY3003' },
      { message: 'plain', code: undefined },
    ]);
  });
});

describe('interpreterIn', () => {
  it('knows both layouts', () => {
    assert.equal(interpreterIn('/store/abc', 'linux'), '/store/abc/bin/python3');
    assert.equal(interpreterIn('C:\\store\\abc', 'win32'), 'C:\\store\\abc\\Scripts\\python.exe');
  });
});
