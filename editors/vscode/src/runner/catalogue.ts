/** A wheel that the catalogue knows. */
export interface CataloguedWheel {
  /** What people call it: `requests`. */
  readonly distribution: string;
  /** The name of its package, with template variables. */
  readonly packageName: string;
  /** Without the key of the tag, the newest first. */
  readonly versions: readonly string[];
}

const usualPrefix = 'infra/python/wheels/';

/** Reads what `vpython3 catalog export` prints; lines of other kinds say other things. */
export function readCatalogue(text: string): CataloguedWheel[] {
  const wheels: { distribution: string; packageName: string; versions: string[] }[] = [];
  let current: (typeof wheels)[number] | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [kind, value] = line.split('\t');
    if (kind === 'package' && value !== undefined) {
      current = { distribution: distributionOf(value), packageName: value, versions: [] };
      wheels.push(current);
    } else if (kind === 'version' && value?.startsWith('version:')) {
      current?.versions.push(value.slice('version:'.length));
    }
  }
  return wheels;
}

/** The name of the package without what is the same in all: the prefix, the template, and which Python it is for. */
function distributionOf(packageName: string): string {
  const name = packageName.startsWith(usualPrefix) ? packageName.slice(usualPrefix.length) : packageName;
  return name.replace(/\/\$\{.*$/, '').replace(/-py(?:2_py3|2|3)$/, '');
}
