import { type ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';

/** The process of the server: at most one, which can always be ended. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private ending = 'it has not run';

  /** How the last one ended, for the log. */
  get howItEnded(): string {
    return this.ending;
  }

  /**
   * Starts the server by its absolute path, without a shell, and in its own directory: that of the workspace is no place to look for libraries in.
   * It is ended when {@link hasAnswered} is not called within the time that it has.
   * @throws What the system says where the file cannot be run.
   */
  start(executable: string, variables: Readonly<Record<string, string>>, milliseconds: number): Promise<ChildProcess> {
    this.kill();
    const child = spawn(executable, ['--stdio', `--clientProcessId=${process.pid}`], {
      cwd: path.dirname(executable),
      env: { ...process.env, ...variables },
      stdio: 'pipe',
      windowsHide: true,
    });
    this.child = child;
    this.timer = setTimeout(() => this.kill(), milliseconds);
    child.once('exit', (code, signal) => {
      this.ending = signal === null ? `exit code ${code}` : `signal ${signal}`;
      if (this.child === child) this.child = undefined;
    });
    // The client hears of it by the end of the output; without a listener Node would end the extension host.
    child.stdin.on('error', () => undefined);
    return new Promise((resolve, reject) => {
      child.once('spawn', () => resolve(child));
      child.once('error', reject);
    });
  }

  hasAnswered(): void {
    clearTimeout(this.timer);
  }

  /** Ends the process, if there is one, whatever it is doing. */
  kill(): void {
    clearTimeout(this.timer);
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}
