// Runs the tests: node scripts/test.mjs [unit] [grammar] [host] [ui]; all of them without a word.
//   --update              writes the snapshots of the grammars anew
//   --vsix FILE           tests that package; without it, what `npm run package` has made for this platform
//   --only TEXT           of host and ui, the tests with that text in their names
//   --suite NAME          of host, that file
// The last line is "N passed, N failed, N skipped". Under CI=true what is missing is a failure, elsewhere a skip that says so.
// VSCODE_UNDER_TEST names a VS Code server that is there already.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { root } from './build.mjs';
import { chromiumPath } from '../test/harness/vscode.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { update: { type: 'boolean' }, vsix: { type: 'string' }, only: { type: 'string' }, suite: { type: 'string' } } });
const kinds = positionals.length > 0 ? positionals : ['unit', 'grammar', 'host', 'ui'];
const isCi = process.env.CI === 'true';
const count = { passed: 0, failed: 0, skipped: 0 };
const out = path.join(root, 'out/test');
/** @type {string | undefined} */
let installed;
let saidMissing = false;
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

for (const kind of kinds) {
  if (kind === 'unit') await unit();
  else if (kind === 'grammar') await grammar();
  else if (kind === 'host' || kind === 'ui') await inEditor(kind);
  else throw new Error(`There is no kind of tests '${kind}'.`);
}
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed === 0 ? 0 : 1);

async function unit() {
  const directory = path.join(root, 'test/unit');
  const files = fs.readdirSync(directory).filter((name) => name.endsWith('.test.ts'));
  await bundle(files.map((name) => path.join(directory, name)), path.join(out, 'unit'));
  const result = spawnSync(process.execPath, [path.join(root, 'node_modules/mocha/bin/mocha.js'), '--reporter', 'json', path.join(out, 'unit', '*.js')], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  report('unit', parseMocha(result.stdout, result.stderr));
}

/** @param {string} standardOutput @param {string} standardError */
function parseMocha(standardOutput, standardError) {
  try {
    return JSON.parse(standardOutput.slice(standardOutput.indexOf('{\n')));
  } catch {
    return { passes: [], pending: [], failures: [{ fullTitle: 'the suite', err: { message: standardOutput + standardError } }] };
  }
}

async function grammar() {
  const spec = ['-g', path.join(root, 'syntaxes/vpython-spec.tmLanguage.json'), '-g', path.join(root, 'syntaxes/vpython-spec.embedded.tmLanguage.json')];
  const update = values.update ? ['--updateSnapshot'] : [];
  tool('grammar: asserted scopes', 'vscode-tmgrammar-test', ['-g', path.join(root, 'syntaxes/vpython-spec.tmLanguage.json'), path.join(root, 'test/grammar/asserted/*.vpython3')]);
  tool('grammar: snapshot of a spec', 'vscode-tmgrammar-snap', [...spec, '-s', 'source.vpython-spec', ...update, path.join(root, 'test/grammar/snapshots/*.vpython3')]);
  const install = installVsCode();
  if (install === undefined) return;
  const python = path.join(install, 'vscode/extensions/python/syntaxes/MagicPython.tmLanguage.json');
  tool('grammar: snapshot of a spec in a script', 'vscode-tmgrammar-snap', [...spec, '-g', python, '-s', 'source.python', ...update, path.join(root, 'test/grammar/snapshots/*.py')]);
  const shell = path.join(install, 'vscode/extensions/shellscript/syntaxes/shell-unix-bash.tmLanguage.json');
  tool('grammar: snapshot of a spec in a shell script', 'vscode-tmgrammar-snap', [...spec, '-g', shell, '-s', 'source.shell', ...update, path.join(root, 'test/grammar/snapshots/*.sh')]);
  const { census, specimensBelow, loadGrammars, specimens, tokensOf } = await import('../test/grammar/corpus.mjs');
  const grammars = await loadGrammars({ root, python });
  laws('grammar: the samples', specimensBelow(path.resolve(root, '../../samples')).map((specimen) => tokensOf(grammars, specimen)));
  const corpus = path.resolve(root, '../../../shared/corpus');
  if (!fs.existsSync(corpus)) return skip('grammar: the corpus', `${path.relative(root, corpus)} is not there`);
  const known = specimens(corpus).map((specimen) => tokensOf(grammars, specimen));
  laws('grammar: the corpus', known);
  const snapshot = path.join(root, 'test/grammar/snapshots/corpus.census');
  const counted = census(known.flatMap((each) => each.tokens));
  if (values.update) fs.writeFileSync(snapshot, counted);
  if (counted === fs.readFileSync(snapshot, 'utf8')) pass('grammar: the scopes of the corpus', `${known.length} specs`);
  else fail('grammar: the scopes of the corpus', `Other scopes than in ${path.relative(root, snapshot)}; --update writes these:\n${counted}`);
}

/** @param {string} name @param {{ problems: string[] }[]} results */
function laws(name, results) {
  const problems = results.flatMap((each) => each.problems);
  if (results.length === 0) fail(name, 'there is none');
  else if (problems.length === 0) pass(name, `${results.length} specs without an invalid, unknown or uncoloured word`);
  else fail(name, problems.slice(0, 20).join('\n'));
}

/** @param {'host' | 'ui'} kind */
async function inEditor(kind) {
  if (chromiumPath() === undefined) return missing(kind, 'Chromium is not installed (Debian: chromium)');
  const install = installVsCode();
  if (install === undefined) return;
  const vsix = values.vsix ?? path.join(root, 'out', `${manifest.name}-${process.platform}-${process.arch}-${manifest.version}.vsix`);
  if (!fs.existsSync(vsix)) return missing(kind, `${path.relative(root, vsix)} is not there: "npm run package" makes it from published executables`);
  const packages = [path.resolve(vsix), ...standIns()];
  if (kind === 'host') return host(install, packages);
  const { runUi } = await import('../test/ui/run.mjs');
  for (const result of await runUi({ install, packages, ...(values.only !== undefined && { only: values.only }) })) {
    if (result.error === undefined) pass(`ui: ${result.name}`, result.note);
    else fail(`ui: ${result.name}`, result.error);
  }
}

/** @param {string} install @param {string[]} packages */
async function host(install, packages) {
  const { runInHost } = await import('../test/harness/host.mjs');
  const directory = path.join(root, 'test/host');
  const suites = /** @type {const} */ ([['index', 'workspace'], ['withoutSpecs', 'without-specs'], ['faults', 'workspace'], ['withoutFolder', 'workspace', ''], ['folders', 'folders', 'folders.code-workspace']]);
  await bundle(suites.map(([name]) => path.join(directory, `${name}.ts`)), path.join(out, 'host'));
  const repository = path.resolve(root, '../..');
  for (const [suite, fixture, workspaceFile] of suites) {
    if (values.suite !== undefined && values.suite !== suite) continue;
    const results = path.join(out, `host-${suite}.json`);
    fs.rmSync(results, { force: true });
    await runInHost({
      install,
      packages: packages.slice(1),
      extension: path.join(root, 'out', `stage-${process.platform}-${process.arch}`),
      suite: path.join(out, 'host', `${suite}.js`),
      fixture: path.join(root, 'test/fixtures', fixture),
      settings: { 'vpython.packages': path.join(repository, 'samples/packages') },
      environment: { VPYTHON_TEST_RESULTS: results, VPYTHON_TEST_ONLY: values.only ?? '' },
      trust: true,
      ...(workspaceFile !== undefined && { workspaceFile }),
    });
    report(`host (${suite})`, fs.existsSync(results) ? JSON.parse(fs.readFileSync(results, 'utf8')) : parseMocha('', 'did not run to its end'));
  }
}

/** The Python extension and its debugger are not in the registry of packages; these have the part of their API that we use. */
function standIns() {
  return ['python', 'debugpy'].map((name) => {
    const vsix = path.join(out, `stand-in-${name}.vsix`);
    fs.mkdirSync(out, { recursive: true });
    const result = spawnSync(process.execPath, [path.join(root, 'node_modules/@vscode/vsce/vsce'), 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix], { cwd: path.join(root, 'test/stand-ins', name), encoding: 'utf8' });
    if (result.status !== 0) throw new Error(result.stdout + result.stderr);
    return vsix;
  });
}

function installVsCode() {
  if (installed !== undefined) return installed;
  if (process.env.VSCODE_UNDER_TEST) return (installed = process.env.VSCODE_UNDER_TEST);
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'vpythontools', 'vscode');
  const result = spawnSync(path.join(root, 'test/harness/install-vscode.sh'), [cache], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status === 0) return (installed = cache);
  if (!saidMissing) missing('editor', 'the VS Code server could not be installed from the npm registry');
  saidMissing = true;
  return undefined;
}

/** @param {string[]} entryPoints @param {string} outdir */
async function bundle(entryPoints, outdir) {
  fs.rmSync(outdir, { recursive: true, force: true });
  await esbuild.build({ absWorkingDir: root, entryPoints, outdir, bundle: true, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode', 'mocha'], mainFields: ['module', 'main'], sourcemap: 'inline', logLevel: 'warning' });
}

/** @param {string} name @param {string} command @param {string[]} args */
function tool(name, command, args) {
  const result = spawnSync(process.execPath, [path.join(root, 'node_modules/.bin', command), ...args], { cwd: root, encoding: 'utf8' });
  if (result.status === 0) pass(name);
  else fail(name, result.stdout + result.stderr);
}

/** @param {string} kind @param {{ passes: { fullTitle: string }[], pending: { fullTitle: string }[], failures: { fullTitle: string, err: { message?: string, stack?: string } }[], notes?: string[] }} results */
function report(kind, results) {
  for (const test of results.passes) pass(`${kind}: ${test.fullTitle}`);
  for (const test of results.failures) fail(`${kind}: ${test.fullTitle}`, test.err.stack || test.err.message || '');
  for (const note of results.notes ?? []) console.log(`note  ${note}`);
  if (results.passes.length + results.failures.length === 0) fail(kind, 'no test ran');
}

/** @param {string} name @param {string} [note] */
function pass(name, note) {
  count.passed++;
  console.log(`pass  ${name}${note ? `: ${note}` : ''}`);
}

/** @param {string} name @param {string} why */
function fail(name, why) {
  count.failed++;
  console.log(`FAIL  ${name}\n${why.replace(/^/gm, '      ')}`);
}

/** Of a tool that Debian or npm have. @param {string} kind @param {string} why */
function missing(kind, why) {
  if (isCi) return fail(kind, why);
  skip(kind, why);
}

/** @param {string} kind @param {string} why */
function skip(kind, why) {
  count.skipped++;
  console.log(`skip  ${kind}: ${why}`);
}
