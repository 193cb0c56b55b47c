// The grammars on specs that people wrote: laws that hold for all that vpython3 accepts, and how often each scope is used.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const require = createRequire(import.meta.url);

/** @typedef {{ name: string, text: string, isScript: boolean }} Specimen */
/** @typedef {{ text: string, scopes: string[], at: string }} Token */

/**
 * @param {{ root: string, python: string }} places The directory of the extension, and the grammar of Python.
 */
export async function loadGrammars({ root, python }) {
  const wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const files = { 'source.vpython-spec': 'syntaxes/vpython-spec.tmLanguage.json', 'vpython-spec.embedded': 'syntaxes/vpython-spec.embedded.tmLanguage.json', 'source.python': python };
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns), createOnigString: (text) => new oniguruma.OnigString(text) }),
    loadGrammar: async (scope) => {
      const file = /** @type {Record<string, string>} */ (files)[scope];
      return file === undefined ? null : textmate.parseRawGrammar(fs.readFileSync(path.resolve(root, file), 'utf8'), file);
    },
    getInjections: (scope) => (scope === 'source.python' ? ['vpython-spec.embedded'] : []),
  });
  return { spec: /** @type {textmate.IGrammar} */ (await registry.loadGrammar('source.vpython-spec')), script: /** @type {textmate.IGrammar} */ (await registry.loadGrammar('source.python')) };
}

/** What vpython3 accepts of the specs in a directory with a manifest. @param {string} corpus @returns {Specimen[]} */
export function specimens(corpus) {
  const rows = fs.readFileSync(path.join(corpus, 'manifest.tsv'), 'utf8').split('\n').slice(1).map((row) => row.split('\t'));
  return rows
    .filter(([, kind, , , verdict]) => (kind === 'standalone' || kind === 'embedded') && verdict === 'ok')
    .map(([name = '', kind]) => ({ name, text: fs.readFileSync(path.join(corpus, 'specs', name), 'utf8'), isScript: kind === 'embedded' }));
}

/** The specs below a directory, in files of their own and in scripts. @param {string} directory @returns {Specimen[]} */
export function specimensBelow(directory) {
  return fs.readdirSync(directory, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const file = path.join(directory, name);
    if (!fs.statSync(file).isFile() || !/\.(py|vpython3?)$/.test(name)) return [];
    const text = fs.readFileSync(file, 'utf8');
    const isScript = name.endsWith('.py');
    return isScript && !text.includes('[VPYTHON:BEGIN]') ? [] : [{ name, text, isScript }];
  });
}

/**
 * The tokens of a spec; of a script, those between the guards.
 * @param {Awaited<ReturnType<typeof loadGrammars>>} grammars @param {Specimen} specimen @returns {{ tokens: Token[], problems: string[] }}
 */
export function tokensOf(grammars, { name, text, isScript }) {
  const grammar = isScript ? grammars.script : grammars.spec;
  /** @type {Token[]} */
  const tokens = [];
  const problems = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const begin = isScript ? lines.findIndex((line) => /\[VPYTHON:BEGIN\]\s*$/.test(line)) : -1;
  const end = isScript ? lines.findIndex((line, index) => index > begin && /\[VPYTHON:END\]\s*$/.test(line)) : lines.length;
  let state = textmate.INITIAL;
  for (const [index, line] of lines.entries()) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    const isInside = index > begin && index < end;
    for (const token of result.tokens) {
      const at = `${name}:${index + 1}:${token.startIndex + 1}`;
      const own = token.scopes.filter((scope) => scope.endsWith('.vpython-spec') || scope.includes('.vpython-spec.'));
      if (isInside) tokens.push({ text: line.slice(token.startIndex, token.endIndex), scopes: own.filter((scope) => scope !== 'source.vpython-spec'), at });
      else if (isScript && index !== begin && index !== end && own.length > 0) problems.push(`${at}: colours of a spec outside of it`);
    }
  }
  if (!isScript && state.depth !== 1) problems.push(`${name}: something is open at its end`);
  for (const token of tokens) {
    const scopes = token.scopes.filter((scope) => !scope.startsWith('meta.'));
    if (scopes.some((scope) => scope.startsWith('invalid.'))) problems.push(`${token.at}: '${token.text}' is invalid`);
    if (scopes.some((scope) => scope.startsWith('variable.other.property'))) problems.push(`${token.at}: '${token.text}' is a field that is not known`);
    if (scopes.length === 0 && token.text.trim() !== '') problems.push(`${token.at}: '${token.text}' has no colour`);
  }
  return { tokens, problems };
}

/** How many tokens have each scope. @param {Token[]} tokens */
export function census(tokens) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const scope of tokens.flatMap((token) => (token.text.trim() === '' ? [] : token.scopes))) counts.set(scope, (counts.get(scope) ?? 0) + 1);
  return [...counts].sort(([left], [right]) => (left < right ? -1 : 1)).map(([scope, count]) => `${String(count).padStart(6)} ${scope}\n`).join('');
}
