import assert from 'node:assert/strict';
import { type TypeChecker, typeCheckerSettings } from '../../src/python/typeCheckers';

const facts = { path: '/store/environments/abc', pythonVersion: '3.11.2' };

function change(tool: TypeChecker, files: Record<string, string>): Promise<unknown> {
  return typeCheckerSettings(tool, facts, (name) => Promise.resolve(files[name]));
}

describe('typeCheckerSettings', () => {
  it('makes a pyrightconfig.json', async () => {
    const made = (await change('pyright', {})) as { file: string; text: string };
    assert.equal(made.file, 'pyrightconfig.json');
    assert.deepEqual(JSON.parse(made.text), { venvPath: '/store/environments', venv: 'abc', pythonVersion: '3.11' });
  });

  it('keeps the comments of a pyrightconfig.json', async () => {
    const made = (await change('pyright', { 'pyrightconfig.json': '{\n  // ours\n  "venv": "old",\n  "strict": ["src"]\n}\n' })) as { text: string };
    assert.match(made.text, /\/\/ ours\n {2}"venv": "abc",[^]*"strict"[^]*"venvPath": "\/store\/environments"/);
  });

  it('does not touch a broken pyrightconfig.json', async () => {
    assert.deepEqual(await change('pyright', { 'pyrightconfig.json': '{ "venv": ' }), { file: 'pyrightconfig.json', problem: 'it is not valid JSON' });
  });

  it('does not hide the table of pyproject.toml behind a file of its own', async () => {
    for (const tool of ['pyright', 'ty', 'ruff'] as const) {
      const made = (await change(tool, { 'pyproject.toml': `[project]\nname = "a"\n\n[tool.${tool}]\n` })) as { file: string; text: string };
      assert.equal(made.file, 'pyproject.toml');
      assert.ok(made.text.startsWith(`[project]\nname = "a"\n\n[tool.${tool}]\n`), made.text);
    }
  });

  it('writes ty.toml and ruff.toml', async () => {
    assert.deepEqual(await change('ty', { 'pyproject.toml': '[tool.ruff]\n' }), { file: 'ty.toml', text: '[environment]\npython-version = "3.11"\npython = "/store/environments/abc"\n' });
    assert.deepEqual(await change('ruff', { '.ruff.toml': 'line-length = 140\n' }), { file: '.ruff.toml', text: 'target-version = "py311"\nline-length = 140\n' });
  });

  it('does not touch a TOML file that is none', async () => {
    assert.deepEqual(await change('ruff', { 'ruff.toml': 'select = [\n' }), { file: 'ruff.toml', problem: 'it is not valid TOML' });
  });

  for (const text of ['x = [\n  [1],\n]\ntarget-version = "py38"\n', '"target-version" = "py38"\n', 'target-version = """\npy38"""\n']) {
    it(`writes no key twice, however the file is laid out: ${JSON.stringify(text)}`, async () => {
      const made = (await change('ruff', { 'ruff.toml': text })) as { text?: string; problem?: string };
      assert.ok(made.problem?.includes('"py311"') || made.text?.match(/target-version/g)?.length === 1, JSON.stringify(made));
    });
  }
});
