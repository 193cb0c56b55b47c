// The notices of what others wrote and a package holds: ThirdPartyNotices.txt.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './build.mjs';

const repository = path.resolve(root, '../..');

/** Packages of NuGet that do their work while the executables are built, and leave nothing in them. */
const buildOnly = ['grpc.tools', 'microsoft.net.illink.tasks'];

/**
 * @param {import('esbuild').Metafile} metafile What the bundles were made from.
 * @param {string | undefined} runtime The runtime identifier of .NET for which executables are in the package; undefined for a package without.
 */
export function notices(metafile, runtime) {
  const parts = [...bundledPackages(metafile).map((directory) => ofNpm(directory)), ...(runtime === undefined ? [] : ofExecutables(runtime))];
  return `This package holds work of others, under these licenses.\n\n${parts.map(({ name, text }) => `${'='.repeat(80)}\n${name}\n${'='.repeat(80)}\n\n${text.trim()}\n`).join('\n')}`;
}

/** @param {import('esbuild').Metafile} metafile */
function bundledPackages(metafile) {
  const directories = Object.keys(metafile.inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(directories)].sort();
}

/** @param {string} directory */
function ofNpm(directory) {
  const full = path.join(root, directory);
  const manifest = JSON.parse(fs.readFileSync(path.join(full, 'package.json'), 'utf8'));
  const texts = fs.readdirSync(full).filter((name) => /^(licen[cs]e|copying|notice|third-?party-?notices)(\.|$)/i.test(name));
  if (texts.length === 0) throw new Error(`${manifest.name} has no text of its license`);
  return { name: `${manifest.name} ${manifest.version} (${manifest.license})`, text: texts.map((name) => fs.readFileSync(path.join(full, name), 'utf8').trim()).join('\n\n') };
}

/** @param {string} runtime */
function ofExecutables(runtime) {
  const licenses = JSON.parse(fs.readFileSync(path.join(root, 'notices/executables.json'), 'utf8'));
  /** @type {{ name: string, text: string }[]} */
  const parts = nugetPackages().map(({ name, version }) => {
    const license = licenses.packages[name];
    if (license === undefined) throw new Error(`notices/executables.json does not know ${name}, which is in the executables`);
    return { name: `${name} ${version} (${license.license})`, text: `${license.copyright}\n\n${licenses.texts[license.license].join('\n')}` };
  });
  return [...parts, { name: '.NET runtime (MIT)', text: `${licenses.runtime.copyright}\n\n${licenses.texts.MIT.join('\n')}\n\n${runtimeNotices(runtime)}` }];
}

/** What the lock files of the executables name, without what is only needed to build them. */
function nugetPackages() {
  const found = new Map();
  for (const project of ['Lsp', 'Runner']) {
    const lock = JSON.parse(fs.readFileSync(path.join(repository, 'src', project, 'packages.lock.json'), 'utf8'));
    for (const [name, entry] of Object.entries(/** @type {Record<string, { resolved?: string }>} */ (lock.dependencies['net10.0']))) {
      const key = name.toLowerCase();
      if (entry.resolved !== undefined && !buildOnly.includes(key) && !key.endsWith('dotnet.ilcompiler')) found.set(name, entry.resolved);
    }
  }
  return [...found].sort(([left], [right]) => left.localeCompare(right)).map(([name, version]) => ({ name, version }));
}

/** The notices that .NET has for its own parts, as they lie beside the libraries that the executables were linked from. @param {string} runtime */
function runtimeNotices(runtime) {
  const packages = path.join(process.env.NUGET_PACKAGES || path.join(os.homedir(), '.nuget/packages'), `microsoft.netcore.app.runtime.nativeaot.${runtime}`);
  const newest = fs.existsSync(packages) ? fs.readdirSync(packages).sort((left, right) => left.localeCompare(right, 'en', { numeric: true })).at(-1) : undefined;
  const candidates = [
    ...(newest === undefined ? [] : [path.join(packages, newest, 'THIRD-PARTY-NOTICES.TXT')]),
    ...[process.env.DOTNET_ROOT, '/usr/lib/dotnet', '/usr/share/dotnet', '/usr/local/share/dotnet', 'C:\\Program Files\\dotnet'].flatMap((directory) => (directory ? [path.join(directory, 'ThirdPartyNotices.txt')] : [])),
  ];
  const file = candidates.find((candidate) => fs.existsSync(candidate));
  if (file === undefined) throw new Error(`The notices of .NET for its own parts were not found; looked at ${candidates.join(', ')}. Set DOTNET_ROOT to the directory of .NET.`);
  return fs.readFileSync(file, 'utf8');
}
