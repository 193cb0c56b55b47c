import { spawn } from 'node:child_process';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { findExecutable } from '../executables';
import { settings } from '../settings';
import { parseDescription, type RunDescription } from './description';

export interface CommandLine {
  readonly executable: string;
  readonly arguments: string[];
  readonly directory: string;
}

export interface Outcome {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly standardOutput: string;
  readonly standardError: string;
}

/** vpython3 cannot be used here; the message is for the user. */
export class RunnerUnavailable extends Error {}

/** Output of a question is not kept beyond this, so that a runaway program does not fill the editor's memory. */
const longestAnswer = 16 * 1024 * 1024;

/** How long a question may take that builds nothing and asks nobody. */
const longestQuestionMilliseconds = 30_000;

/** Starts vpython3: always by its absolute path, without a shell, and never where the workspace is not trusted. */
export class Runner {
  constructor(
    private readonly extensionDirectory: string,
    private readonly log: vscode.LogOutputChannel,
    private readonly questionMilliseconds = longestQuestionMilliseconds,
  ) {}

  /** The path of vpython3. @throws {@link RunnerUnavailable} */
  async executable(): Promise<string> {
    if (!vscode.workspace.isTrusted) throw new RunnerUnavailable('vpython3 is not started in a workspace that is not trusted.');
    const found = await findExecutable('vpython3', settings.runnerPath(), this.extensionDirectory);
    if ('missing' in found) throw new RunnerUnavailable(`vpython3 was not found. ${found.missing}`);
    return found.path;
  }

  /**
   * How a verb is called for a script or a spec: its directory is the working directory, and our flags say where environments and packages are.
   * `-vpython-tool` makes the verb one, whatever files the directory has.
   */
  async verb(verb: string, file: vscode.Uri, options: { isSpec?: boolean; flags?: string[]; arguments?: string[] } = {}): Promise<CommandLine> {
    const executable = await this.executable();
    const own = this.flags(file);
    const target = options.isSpec ? ['-vpython-spec', file.fsPath, '-vpython-tool', verb, ...(options.flags ?? [])] : ['-vpython-tool', verb, ...(options.flags ?? []), file.fsPath];
    return { executable, arguments: [...own, ...target, ...(options.arguments ?? [])], directory: path.dirname(file.fsPath) };
  }

  /** Our flags before a script or verb, from the settings of the file's folder. */
  flags(file: vscode.Uri): string[] {
    const flags: string[] = [];
    const root = settings.environmentRoot();
    if (root !== '') flags.push('-vpython-root', root);
    const packages = placesOfPackages(file);
    if (packages !== '') flags.push('-vpython-packages', packages);
    return flags;
  }

  /** Which spec, interpreter, packages and environment a file has. Nothing is built, and nothing is asked of the network. */
  async describe(file: vscode.Uri, isSpec: boolean, token?: vscode.CancellationToken): Promise<RunDescription> {
    const call = await this.verb('which', file, { isSpec, flags: ['--json'] });
    const outcome = await this.run(call, { token, environment: { CIPD_DISABLE_NETWORK: '1' }, milliseconds: this.questionMilliseconds });
    try {
      return parseDescription(outcome.standardOutput, outcome.standardError);
    } catch (error) {
      if (isAnotherProgram(outcome)) throw new RunnerUnavailable(`${call.executable} is not the vpython3 of these tools: it does not answer '-vpython-tool which --json'. Name the right one in the setting vpython.runner.path.`);
      throw new Error(`vpython3 which did not answer: ${outcome.standardError.trim() || String(error)}`);
    }
  }

  /**
   * Runs to the end; cancelling interrupts it as Ctrl-C would, so that it can leave nothing half-made (on Windows, where a program cannot be interrupted from
   * outside, it is ended). One that takes longer than `milliseconds` is ended. @throws An Error when it cannot be started, or was ended for its time.
   */
  run(
    call: CommandLine,
    options: { token?: vscode.CancellationToken | undefined; environment?: Record<string, string>; onLine?: (line: string) => void; milliseconds?: number } = {},
  ): Promise<Outcome> {
    this.log.debug(`${call.executable} ${call.arguments.join(' ')}`);
    return new Promise((resolve, reject) => {
      const child = spawn(call.executable, call.arguments, {
        cwd: call.directory,
        env: { ...process.env, ...options.environment },
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
      });
      let isLate = false;
      const timer =
        options.milliseconds &&
        setTimeout(() => {
          isLate = true;
          child.kill('SIGKILL');
          // Whoever it has started may still hold its output.
          child.stdout.destroy();
          child.stderr.destroy();
        }, options.milliseconds);
      const cancellation = options.token?.onCancellationRequested(() => child.kill('SIGINT'));
      const output: Buffer[] = [];
      let length = 0;
      let errors = '';
      let line = '';
      child.stdout.on('data', (piece: Buffer) => {
        length += piece.length;
        if (length > longestAnswer) child.kill('SIGTERM');
        else output.push(piece);
      });
      child.stderr.setEncoding('utf8').on('data', (piece: string) => {
        if (errors.length < longestAnswer) errors += piece;
        line += piece;
        const lines = line.split(/\r\n|\r|\n/);
        line = (lines.pop() ?? '').slice(0, longestAnswer);
        for (const each of lines) if (each.trim() !== '') options.onLine?.(each);
      });
      const done = (): void => {
        clearTimeout(timer);
        cancellation?.dispose();
      };
      child.on('error', (error) => {
        done();
        reject(new Error(`${call.executable} cannot be started: ${error.message}`));
      });
      child.on('close', (code) => {
        done();
        if (isLate) reject(new Error(`${path.basename(call.executable)} did not answer within ${Math.round((options.milliseconds ?? 0) / 1000)} s and was ended.`));
        else resolve({ code, standardOutput: Buffer.concat(output).toString('utf8'), standardError: errors });
      });
    });
  }
}

/** Whether what answered is no vpython3 of ours, which always says something with a code when it does not answer. The one of Chrome Operations knows no `which`. */
function isAnotherProgram(outcome: Outcome): boolean {
  return outcome.code !== null && !/\bVPY\d+\b/.test(outcome.standardError);
}

/** The same as {@link Runner.flags}, for a process that starts vpython3 by itself. */
export function variables(file: vscode.Uri): Record<string, string> {
  const root = settings.environmentRoot();
  const packages = placesOfPackages(file);
  return { ...(root === '' ? {} : { VPYTHON_VIRTUALENV_ROOT: root }), ...(packages === '' ? {} : { VPYTHON_PACKAGES: packages }) };
}

/** The places of packages, with directories as absolute paths. */
function placesOfPackages(file: vscode.Uri): string {
  const packages = settings.packages(file);
  if (packages === '') return '';
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath ?? path.dirname(file.fsPath);
  const places = packages.split(',').map((place) => place.trim());
  return places.map((place) => (/^https?:/i.test(place) || path.isAbsolute(place) ? place : path.join(folder, place))).join(',');
}
