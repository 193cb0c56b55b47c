/** What `vpython3 which --json` tells of a script or spec. */
export interface RunDescription {
  readonly spec: SpecDescription;
  /** The Python that the environment is made from. */
  readonly interpreter: { readonly path: string; readonly version: string } | undefined;
  readonly packages: readonly PackageDescription[];
  /** Undefined while the packages are not known on this machine, or when the spec is broken. */
  readonly environment: { readonly id: string; readonly path: string; readonly ready: boolean } | undefined;
  /** What is wrong, as vpython3 says it. */
  readonly errors: readonly RunnerError[];
}

export type SpecKind = 'explicit' | 'partner' | 'partner-of-link-target' | 'embedded' | 'common' | 'default' | 'none';

export interface SpecDescription {
  readonly path: string | undefined;
  readonly kind: SpecKind;
  readonly why: string;
}

export interface PackageDescription {
  readonly name: string;
  readonly version: string;
  readonly instance: string | undefined;
}

export interface RunnerError {
  readonly message: string;
  readonly code: string | undefined;
}

/** Codes that say only that something is not on this machine yet and would have to be fetched. */
const notFetched = new Set(['VPY3134']);

/** What an environment is to a person. */
export type EnvironmentState = 'ready' | 'missing' | 'broken' | 'none';

export function environmentState(run: RunDescription): EnvironmentState {
  if (run.spec.kind === 'none') return 'none';
  if (run.environment) return run.environment.ready ? 'ready' : 'missing';
  return run.errors.every((error) => error.code !== undefined && notFetched.has(error.code)) ? 'missing' : 'broken';
}

/** Python in an environment. */
export function interpreterIn(environment: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? `${environment}\\Scripts\\python.exe` : `${environment}/bin/python3`;
}

/** Reads the output of `which --json`; an Error tells what is not as it should be. */
export function parseDescription(standardOutput: string, standardError: string): RunDescription {
  const root = record(JSON.parse(standardOutput), 'the answer');
  const spec = record(root['spec'], 'spec');
  const interpreter = root['interpreter'] == null ? undefined : record(root['interpreter'], 'interpreter');
  const environment = root['environment'] == null ? undefined : record(root['environment'], 'environment');
  const packages = root['packages'];
  if (!Array.isArray(packages)) throw new Error("'packages' is no list");
  return {
    spec: { path: optionalText(spec, 'path'), kind: text(spec, 'kind') as SpecKind, why: text(spec, 'why') },
    interpreter: interpreter && { path: text(interpreter, 'path'), version: text(interpreter, 'version') },
    packages: packages.map((item: unknown) => {
      const entry = record(item, 'packages');
      return { name: text(entry, 'name'), version: text(entry, 'version'), instance: optionalText(entry, 'instance') };
    }),
    environment: environment && { id: text(environment, 'id'), path: text(environment, 'path'), ready: environment['ready'] === true },
    errors: parseErrors(standardError),
  };
}

/** The errors of vpython3's messages: `path:line:column: error: message [CODE]`, or `vpython3: error: message [CODE]`. */
export function parseErrors(standardError: string): RunnerError[] {
  const errors: RunnerError[] = [];
  for (const line of standardError.split(/\r?\n/)) {
    const match = /(?:^|: )error: (.*?)(?: \[(VPY\d+)\])?$/.exec(line);
    if (match) errors.push({ message: match[1] ?? line, code: match[2] });
  }
  return errors;
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`'${what}' is no object`);
  return value as Record<string, unknown>;
}

function text(from: Record<string, unknown>, name: string): string {
  const value = from[name];
  if (typeof value !== 'string') throw new Error(`'${name}' is no text`);
  return value;
}

function optionalText(from: Record<string, unknown>, name: string): string | undefined {
  return from[name] == null ? undefined : text(from, name);
}
