// Takes over the pictures of the README from the last run of the tests in the workbench.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './build.mjs';

const images = path.join(root, 'images');
for (const [, name] of fs.readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/\]\(images\/([\w-]+\.png)\)/g)) {
  fs.mkdirSync(images, { recursive: true });
  fs.copyFileSync(path.join(root, 'out/screenshots', name), path.join(images, name));
  console.log(`images/${name}: ${Math.round(fs.statSync(path.join(images, name)).size / 1024)} KB`);
}
