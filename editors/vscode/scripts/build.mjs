// Bundles the extension into dist/: extension.js, which every window with Python loads, and session.js, which only windows with specs do.
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import esbuild from 'esbuild';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What the bundles were made from is the answer. @param {{ minify: boolean, directory?: string }} options */
export async function build({ minify, directory = path.join(root, 'dist') }) {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/extension.ts', 'src/session.ts'],
    outdir: directory,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // extension.js loads session.js when it is needed; bundled into it, it would be parsed always.
    external: ['vscode', './session'],
    supported: { 'dynamic-import': false },
    // jsonc-parser's other build finds its parts at run time, where they are no more.
    mainFields: ['module', 'main'],
    minify,
    // The licenses of what is bundled are in ThirdPartyNotices.txt.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build({ minify: process.argv.includes('--minify') });
