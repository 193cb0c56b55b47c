// Packs .vsix files into out/.
//   node scripts/package.mjs                        the universal one, and that of this platform when its executables have been published
//   node scripts/package.mjs --target linux-x64     one platform; its executables must be there
//   node scripts/package.mjs --target universal     without executables: those on PATH, or that the settings name, are used
//   ... --executables DIRECTORY                     takes vpython3 and vpython-lsp from there, and not from where `dotnet publish` puts them
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from './build.mjs';
import { notices } from './notices.mjs';

/** Targets of the marketplace, and the runtime identifiers of .NET that go with them. */
const runtimes = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'osx-arm64',
  'darwin-x64': 'osx-x64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
};

/** What goes into a package from this directory. Everything else stays out. */
const contents = ['README.md', 'CHANGELOG.md', 'language-configuration.json', 'language-configuration.in-comment.json', 'syntaxes', 'snippets', 'walkthrough', 'images', 'icons/icon.png', 'icons/spec-light.svg', 'icons/spec-dark.svg'];

const { values } = parseArgs({ options: { target: { type: 'string' }, executables: { type: 'string' } } });
const host = `${process.platform}-${process.arch}`;
const out = path.join(root, 'out');

if (values.target !== undefined) await pack(values.target);
else {
  await pack('universal');
  if (missingExecutables(host).length === 0) await pack(host);
  else console.log(`No package for ${host}: first run "dotnet publish src/Runner -c Release" and "dotnet publish src/Lsp -c Release" at the top of the repository.`);
}

/** @param {string} target */
async function pack(target) {
  if (target !== 'universal' && !(target in runtimes)) fail(`There is no target '${target}'. There are universal, ${Object.keys(runtimes).join(', ')}.`);
  const missing = target === 'universal' ? [] : missingExecutables(target);
  if (missing.length > 0) fail(`${missing.join(' and ')} not found. Run "dotnet publish src/Runner -c Release" and "dotnet publish src/Lsp -c Release" on ${target}, or name their directory with --executables.`);

  const stage = path.join(out, `stage-${target}`);
  fs.rmSync(stage, { recursive: true, force: true });
  fs.mkdirSync(stage, { recursive: true });
  for (const name of contents) {
    if (fs.existsSync(path.join(root, name))) fs.cpSync(path.join(root, name), path.join(stage, name), { recursive: true });
  }
  fs.copyFileSync(path.join(root, '../../LICENSE'), path.join(stage, 'LICENSE'));
  // Findings lead to the pages of their rules, which are there without a network.
  fs.cpSync(path.join(root, '../../docs/rules'), path.join(stage, 'docs/rules'), { recursive: true, filter: (file) => fs.statSync(file).isDirectory() || file.endsWith('.md') });
  const { scripts: _scripts, devDependencies: _devDependencies, private: _private, ...manifest } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  fs.writeFileSync(path.join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  const metafile = await build({ minify: true, directory: path.join(stage, 'dist') });
  fs.writeFileSync(path.join(stage, 'ThirdPartyNotices.txt'), notices(metafile, target === 'universal' ? undefined : runtimes[target]));
  if (target !== 'universal') {
    fs.mkdirSync(path.join(stage, 'bin'));
    for (const file of executables(target)) {
      const copy = path.join(stage, 'bin', path.basename(file));
      fs.copyFileSync(file, copy);
      fs.chmodSync(copy, 0o755);
    }
  }

  const vsix = path.join(out, `${manifest.name}-${target}-${manifest.version}.vsix`);
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const flags = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
  if (target !== 'universal') flags.push('--target', target);
  const result = spawnSync(process.execPath, [vsce, ...flags], { cwd: stage, encoding: 'utf8' });
  if (result.status !== 0) fail(result.stdout + result.stderr);
  console.log(`${path.relative(process.cwd(), vsix)}: ${(fs.statSync(vsix).size / 1024 / 1024).toFixed(2)} MB`);
}

/** @param {string} target */
function executables(target) {
  const suffix = target.startsWith('win32') ? '.exe' : '';
  return [
    ['vpython3', 'Runner'],
    ['vpython-lsp', 'Lsp'],
  ].map(([name, project]) =>
    values.executables !== undefined
      ? path.resolve(values.executables, name + suffix)
      : path.join(root, `../../src/${project}/bin/Release/net10.0/${runtimes[target]}/publish`, name + suffix),
  );
}

/** @param {string} target */
function missingExecutables(target) {
  return target in runtimes ? executables(target).filter((file) => !fs.existsSync(file)).map((file) => path.relative(process.cwd(), file)) : [target];
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exit(1);
}
