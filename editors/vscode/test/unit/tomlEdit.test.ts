import assert from 'node:assert/strict';
import { setTomlKey } from '../../src/python/tomlEdit';

describe('setTomlKey', () => {
  it('makes a table in an empty file', () => {
    assert.equal(setTomlKey('', 'environment', 'python', '/e'), '[environment]\npython = "/e"\n');
  });

  it('makes a key at the top of an empty file', () => {
    assert.equal(setTomlKey('', '', 'target-version', 'py311'), 'target-version = "py311"\n');
  });

  it('replaces a value and keeps the comment behind it', () => {
    assert.equal(setTomlKey("# a\ntarget-version = 'py38' # old\n[lint]\n", '', 'target-version', 'py311'), '# a\ntarget-version = "py311" # old\n[lint]\n');
  });

  it('puts a new key of the top behind the first comments and before tables', () => {
    assert.equal(setTomlKey('# head\n[lint]\nselect = []\n', '', 'target-version', 'py311'), '# head\ntarget-version = "py311"\n[lint]\nselect = []\n');
  });

  it('looks for the key only in its table', () => {
    const text = '[a]\npython = "1"\n[environment]\nroot = ["."]\n[b]\npython = "2"\n';
    assert.equal(setTomlKey(text, 'environment', 'python', '/e'), '[a]\npython = "1"\n[environment]\npython = "/e"\nroot = ["."]\n[b]\npython = "2"\n');
  });

  it('knows a table with blanks in its name', () => {
    assert.equal(setTomlKey('[ tool . ruff ]\n', 'tool.ruff', 'target-version', 'py311'), '[ tool . ruff ]\ntarget-version = "py311"\n');
  });

  it('keeps CR LF', () => {
    assert.equal(setTomlKey('[environment]\r\npython = "1"\r\n', 'environment', 'python', '/e'), '[environment]\r\npython = "/e"\r\n');
  });

  it('writes a path of Windows as a string that TOML reads back', () => {
    assert.equal(setTomlKey('', '', 'python', 'C:\\e\\1'), 'python = "C:\\\\e\\\\1"\n');
  });

  for (const text of ['environment = { python = "1" }\n', 'environment.python = "1"\n', '[environment]\npython = [\n"1" ]\n', 'a = """\n[environment]\n"""\n']) {
    it(`leaves to the user what it cannot replace: ${JSON.stringify(text)}`, () => {
      assert.equal(setTomlKey(text, 'environment', 'python', '/e'), undefined);
    });
  }
});
