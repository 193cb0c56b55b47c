import { isDeepStrictEqual } from 'node:util';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { parse as parseToml, type TomlTable } from 'smol-toml';
import { setTomlKey } from './tomlEdit';

export type TypeChecker = 'pyright' | 'ty' | 'ruff';

/** What the tools are to know of an environment. */
export interface EnvironmentFacts {
  /** The directory of the environment. */
  readonly path: string;
  /** `3.11.2`, as the interpreter says it. */
  readonly pythonVersion: string;
}

/** The text of a file of the folder by its name; undefined where there is none. */
export type ReadFile = (name: string) => Promise<string | undefined>;

/** What is to be written, or why it cannot be. */
export type SettingsChange = { readonly file: string; readonly text: string } | { readonly file: string; readonly problem: string };

/**
 * The change that makes a tool see an environment, in the file that the tool reads already: a table of pyproject.toml where that is how the project
 * configures it, since a file of its own would hide that table.
 */
export async function typeCheckerSettings(tool: TypeChecker, facts: EnvironmentFacts, read: ReadFile): Promise<SettingsChange> {
  const version = /^\d+\.\d+/.exec(facts.pythonVersion)?.[0] ?? '3';
  switch (tool) {
    case 'pyright':
      return pyright(facts, version, read);
    case 'ty':
      return toml(await fileOf('ty', ['ty.toml'], read), 'environment', [
        ['python', facts.path],
        ['python-version', version],
      ]);
    case 'ruff':
      return toml(await fileOf('ruff', ['ruff.toml', '.ruff.toml'], read), '', [['target-version', `py${version.replace('.', '')}`]]);
  }
}

interface TomlFile {
  readonly file: string;
  readonly text: string;
  readonly prefix: string;
}

async function fileOf(tool: string, names: readonly string[], read: ReadFile): Promise<TomlFile> {
  for (const file of names) {
    const text = await read(file);
    if (text !== undefined) return { file, text, prefix: '' };
  }
  const project = await read('pyproject.toml');
  if (project !== undefined && hasTable(project, tool)) return { file: 'pyproject.toml', text: project, prefix: `tool.${tool}` };
  return { file: names[0] as string, text: '', prefix: '' };
}

function hasTable(project: string, tool: string): boolean {
  return new RegExp(`^\\s*\\[\\s*tool\\s*\\.\\s*${tool}\\s*[.\\]]`, 'm').test(project);
}

function toml(from: TomlFile, table: string, values: readonly (readonly [key: string, value: string])[]): SettingsChange {
  let text: string | undefined = from.text;
  const expected = readToml(from.text);
  if (expected === undefined) return { file: from.file, problem: 'it is not valid TOML' };
  const name = [from.prefix, table].filter((part) => part !== '').join('.');
  for (const [key, value] of values) {
    text = setTomlKey(text, name, key, value);
    if (text === undefined) return { file: from.file, problem: `'${key}' is set in a way that is not changed here; set it to ${JSON.stringify(value)}` };
  }
  // The edit goes by lines; that it means just what it is to mean, the parser says.
  setIn(expected, name, values);
  if (!isDeepStrictEqual(readToml(text), expected)) return { file: from.file, problem: `it is laid out in a way that is not changed here; set ${values.map(([key, value]) => `'${key}' to ${JSON.stringify(value)}`).join(' and ')}` };
  return { file: from.file, text };
}

function readToml(text: string): TomlTable | undefined {
  try {
    return parseToml(text);
  } catch {
    return undefined;
  }
}

function setIn(root: TomlTable, table: string, values: readonly (readonly [key: string, value: string])[]): void {
  let target = root;
  for (const part of table === '' ? [] : table.split('.')) target = (target[part] ??= parseToml('')) as TomlTable;
  for (const [key, value] of values) target[key] = value;
}

async function pyright(facts: EnvironmentFacts, version: string, read: ReadFile): Promise<SettingsChange> {
  // pyright names an environment by the directory around it and its name in there.
  const separator = facts.path.includes('\\') ? '\\' : '/';
  const cut = facts.path.lastIndexOf(separator);
  const values = [
    ['venvPath', facts.path.slice(0, cut)],
    ['venv', facts.path.slice(cut + 1)],
    ['pythonVersion', version],
  ] as const;

  const own = await read('pyrightconfig.json');
  const project = own === undefined ? await read('pyproject.toml') : undefined;
  if (project !== undefined && hasTable(project, 'pyright')) return toml({ file: 'pyproject.toml', text: project, prefix: 'tool.pyright' }, '', values);

  let text = own ?? '{}\n';
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) return { file: 'pyrightconfig.json', problem: 'it is not valid JSON' };
  for (const [key, value] of values) {
    text = applyEdits(text, modify(text, [key], value, { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } }));
  }
  return { file: 'pyrightconfig.json', text };
}
